/** A form and its interviews: the engine behind one door.
 *
 * In: the XML of a form and a function that finds its files. Out: a form from which interviews are
 * begun and taken up again. Nothing here draws or keeps anything. The engine is
 * @getodk/xforms-engine; no module outside this folder and the controls knows it.
 */

import {
  type FormInstanceConfig,
  type FormLanguage,
  type InstanceData,
  type InstantiableLoadFormResult,
  loadForm,
  type RootNode,
} from "@getodk/xforms-engine";
import { Conditions } from "./ahead.ts";
import { type AuditSettings, auditSettings } from "./audit.ts";
import { asBefore, correctsOf } from "./meta.ts";
import { withSeed } from "./seed.ts";

export type { FormInstanceConfig };

/** Finds a file of the form by the address that the form gives it; null where there is none. */
export type Files = (name: string) => Promise<Blob | null>;
/** Finds what a text shows: an address for an element, null where there is none. */
export type Media = (address: string) => Promise<string | null>;

export interface Form {
  readonly title: string;
  readonly audit: AuditSettings;
  readonly media: Media;
  readonly conditions: Conditions;
  begin(config: FormInstanceConfig): RootNode;
  takeUp(xml: string, files: readonly File[], config: FormInstanceConfig): Promise<RootNode>;
  /** Begin a new version of an interview that was sent. */
  correct(xml: string, files: readonly File[], config: FormInstanceConfig): Promise<RootNode>;
  /** Give back the addresses that texts showed. */
  close(): void;
}

/** A form that the engine refuses, with what it says. */
export class FormRefused extends Error {}

/** Load a form.
 *
 * `seed` orders those lists that the form shuffles without saying how: without it they would be
 * shuffled anew whenever a draft is taken up. It is kept with the draft.
 */
export async function openForm(xml: string, files: Files, seed: number): Promise<Form> {
  const definition = withSeed(xml, seed);
  const loaded = await loadForm(definition, {
    fetchFormAttachment: async (address) => {
      const found = await files(fileName(address.href));
      return found ? new Response(found) : new Response("", { status: 404 });
    },
  });
  if (loaded.status === "failure") {
    throw new FormRefused(loaded.error.message);
  }
  return new LoadedForm(loaded, definition, files);
}

/** Return the file's name in an address such as jr://images/yard.jpg. */
export function fileName(address: string): string {
  return decodeURIComponent(address.split("/").pop() ?? "");
}

class LoadedForm implements Form {
  readonly title: string;
  readonly audit: AuditSettings;
  readonly conditions: Conditions;
  private readonly addresses = new Map<string, Promise<string | null>>();

  constructor(
    private readonly loaded: InstantiableLoadFormResult,
    xml: string,
    private readonly files: Files,
  ) {
    const parsed = new DOMParser().parseFromString(xml, "text/xml");
    this.title = parsed.querySelector("head > title")?.textContent?.trim() ?? "";
    this.audit = auditSettings(parsed);
    this.conditions = new Conditions(parsed);
  }

  readonly media: Media = (address) => {
    const known = this.addresses.get(address);
    if (known) {
      return known;
    }
    const found = this.files(fileName(address)).then((file) =>
      file ? URL.createObjectURL(file) : null,
    );
    this.addresses.set(address, found);
    return found;
  };

  begin(config: FormInstanceConfig): RootNode {
    return this.loaded.createInstance(config).root;
  }

  async takeUp(xml: string, files: readonly File[], config: FormInstanceConfig): Promise<RootNode> {
    if (correctsOf(xml)) {
      return this.correct(asBefore(xml), files, config);
    }
    const data = [written(xml, files)] as const;
    return (await this.loaded.restoreInstance({ data }, config)).root;
  }

  async correct(
    xml: string,
    files: readonly File[],
    config: FormInstanceConfig,
  ): Promise<RootNode> {
    const data = [written(xml, files)] as const;
    const inputType = "FORM_INSTANCE_INPUT_RESOLVED" as const;
    return (await this.loaded.editInstance({ inputType, data }, config)).root;
  }

  close(): void {
    for (const address of this.addresses.values()) {
      void address.then((url) => url && URL.revokeObjectURL(url));
    }
  }
}

/** Return an interview as the engine takes it in. */
function written(xml: string, files: readonly File[]): InstanceData {
  const name = "xml_submission_file";
  const data = new FormData();
  data.append(name, new File([xml], name, { type: "text/xml" }));
  for (const file of files) {
    data.append(file.name, file);
  }
  return data as InstanceData;
}

/** A language of a form: its name in the form, its code and what a button says of it. */
export interface Spoken {
  readonly name: string;
  readonly code: string;
  readonly label: string;
}

/** Return the languages that one can choose; none where the form has but one. */
export function languagesOf(root: RootNode): readonly Spoken[] {
  return root.languages
    .filter((one): one is FormLanguage => !one.isSyntheticDefault)
    .map((one) => spoken(one.language));
}

/** Return what the form calls a language; empty where it does not speak it. */
export function languageName(root: RootNode, code: string): string {
  return languagesOf(root).find((one) => one.code === code)?.name ?? "";
}

function spoken(name: string): Spoken {
  const found = /^(.*?)\s*\(([A-Za-z]{2,3})(?:[-_]\w+)?\)\s*$/.exec(name);
  return { name, code: found?.[2]?.toLowerCase() ?? name, label: found?.[1] || name };
}

export function activeLanguage(root: RootNode): string {
  return root.currentState.activeLanguage.language;
}

/** Ask in another language; one that the form has not changes nothing. */
export function setLanguage(root: RootNode, name: string): void {
  const found = root.languages.find((one) => !one.isSyntheticDefault && one.language === name);
  if (found && !found.isSyntheticDefault) {
    root.setLanguage(found);
  }
}
