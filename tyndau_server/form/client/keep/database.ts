/** The phone's database: what is kept in it, and reading and writing that is on the disk when it
 * ends.
 *
 * vaults   the keys of holders, wrapped by their PINs
 * forms    XForms and their files, by digest; no secret
 * drafts   interviews under way, encrypted with the holder's key
 * files    the files of drafts, encrypted likewise
 * queue    finished interviews, sealed to the server's key: nobody can read them here
 * own      what a holder's screens remember (a counter at a point, questions), encrypted like drafts
 * reports  contacts and questions that wait to be sent, sealed like interviews
 */

const NAME = "tyndau-form";
// 2: own, reports.
const VERSION = 2;

export interface KeptVault {
  owner: string;
  salt: Uint8Array<ArrayBuffer>;
  rounds: number;
  iv: Uint8Array<ArrayBuffer>;
  wrapped: ArrayBuffer;
  /** The key pair to which the server seals what comes back (reply.ts); old vaults have none. */
  reply?: KeptReply;
}

/** A key pair for what comes back: its point, and its private key wrapped by the PIN. */
export interface KeptReply extends Cipher {
  point: Uint8Array<ArrayBuffer>;
}

/** A vault without a PIN, of somebody who answers alone: a key that cannot be taken out. */
export interface OpenVault {
  owner: string;
  key: CryptoKey;
}

export interface KeptForm {
  sha256: string;
  id: string;
  version: string;
  title: string;
  xml: string;
  media: Record<string, Blob>;
}

export interface Cipher {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

export interface KeptDraft extends Cipher {
  id: string;
  owner: string;
  changed: number;
}

export interface KeptFile extends Cipher {
  id: string;
  draft: string;
}

export interface Sealed {
  instance: string;
  owner: string;
  form: string;
  finished: number;
  submit: string;
  envelope: string;
  /** The SHA-256 of the XML; a receipt must name it. */
  sha256: string;
  parts: { name: string; data: ArrayBuffer }[];
  /** Files that the server has said it holds. */
  received: string[];
  /** The address of what was put by of it on the server, to be erased once it has arrived. */
  erase?: string;
  /** Why the server refused it; empty while it did not. */
  refused: string;
  /** When that was last said to a phone that was shut out, by its clock. */
  shutOut?: number | undefined;
  /** The instanceID of the version that it corrects; empty or not there for a first one. */
  corrects?: string;
}

export interface KeptOwn extends Cipher {
  id: string;
  owner: string;
}

export interface KeptReport {
  id: string;
  owner: string;
  /** In which order they are sent. */
  made: number;
  submit: string;
  key: string;
  point: string;
  data: ArrayBuffer;
  /** Whether the server cannot read it. */
  refused: boolean;
}

interface Stores {
  vaults: KeptVault | OpenVault;
  forms: KeptForm;
  drafts: KeptDraft;
  files: KeptFile;
  queue: Sealed;
  own: KeptOwn;
  reports: KeptReport;
}

type Name = keyof Stores;

const KEYS: Readonly<Record<Name, string>> = {
  vaults: "owner",
  forms: "sha256",
  drafts: "id",
  files: "id",
  queue: "instance",
  own: "id",
  reports: "id",
};

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => {
      const { objectStoreNames: there } = asked.result;
      for (const [name, keyPath] of Object.entries(KEYS)) {
        if (!there.contains(name)) {
          asked.result.createObjectStore(name, { keyPath });
        }
      }
    };
    asked.onsuccess = () => {
      const database = asked.result;
      database.onversionchange = () => database.close();
      database.onclose = () => (opened = null);
      done(database);
    };
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

function answer<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

export async function read<N extends Name>(name: N, key: string): Promise<Stores[N] | undefined> {
  const database = await open();
  return answer(database.transaction(name).objectStore(name).get(key));
}

export async function all<N extends Name>(name: N): Promise<Stores[N][]> {
  const database = await open();
  return answer(database.transaction(name).objectStore(name).getAll());
}

/** A change of what is kept: all of it is done or nothing. */
export class Change {
  private readonly steps: ((in_: IDBTransaction) => void)[] = [];
  private readonly names = new Set<Name>();

  put<N extends Name>(name: N, value: Stores[N]): this {
    this.names.add(name);
    this.steps.push((in_) => in_.objectStore(name).put(value));
    return this;
  }

  remove(name: Name, key: string | IDBKeyRange): this {
    this.names.add(name);
    this.steps.push((in_) => in_.objectStore(name).delete(key));
    return this;
  }

  /** Do it; when this ends, it is flushed to the disk. */
  async done(): Promise<void> {
    const database = await open();
    const names = [...this.names];
    if (names.length === 0) {
      return;
    }
    await new Promise<void>((done, failed) => {
      const under = database.transaction(names, "readwrite", { durability: "strict" });
      under.oncomplete = () => done();
      under.onabort = () => failed(under.error ?? new Error("aborted"));
      for (const step of this.steps) {
        step(under);
      }
    });
  }
}

/** The keys that begin with some letters. */
export function beginning(letters: string): IDBKeyRange {
  return IDBKeyRange.bound(letters, `${letters}\uffff`);
}
