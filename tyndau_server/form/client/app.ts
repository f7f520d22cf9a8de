/** From the door to the last question: which screen is shown, and what happens between them.
 *
 * In: the place of the page and the boot. Out: nothing; it runs until the page goes. To lock is to
 * load the page anew, so that no answer stays in memory.
 */

import { type Booted, fetchBoot, type FormOffer } from "./boot.ts";
import { fill, h } from "./dom.ts";
import { type FormInstanceConfig, FormRefused, languageName, openForm } from "./engine/form.ts";
import { Interview, type Standing } from "./engine/interview.ts";
import { instanceOf } from "./engine/meta.ts";
import { type Given, prefill } from "./engine/prefill.ts";
import { Correcting } from "./correcting.ts";
import { Field } from "./field.ts";
import { whenIdle } from "./idle.ts";
import { confidedIn, type ToHolder } from "./keep/confided.ts";
import { Change, type KeptForm } from "./keep/database.ts";
import { type Draft, draftsOf, filesOf, Keeper, type Of, removed } from "./keep/drafts.ts";
import { fetchForms, formOf, formOfDraft, prune } from "./keep/forms.ts";
import type { Correctable, SentInterview } from "./keep/returned.ts";
import { seal } from "./keep/seal.ts";
import { sendAll, unsent, unsentFile } from "./keep/send.ts";
import { tellAll, tellState } from "./keep/reports.ts";
import { clockAhead, compareClock, device, note } from "./keep/space.ts";
import { ownVault, type Vault } from "./keep/vault.ts";
import { nextLight } from "./light.ts";
import { Notices } from "./notices.ts";
import { unpressed } from "./press.ts";
import {
  continueLater,
  draftToGoOn,
  dropsFinished,
  isWelcome,
  showFinished,
} from "./respondent.ts";
import { Asking } from "./screens/asking.ts";
import { slip } from "./screens/closing.ts";
import { showDoor } from "./screens/door.ts";
import { showHome } from "./screens/home.ts";
import { position } from "./widgets/geo.ts";
import { _, language as controls, speak, SPOKEN } from "./words.ts";
import { sendLater } from "./working.ts";

// Without a network it is tried again so often while the page is open.
const AGAIN = 60_000;
// So often the server is asked for new forms.
const ANEW = 600_000;

export class App {
  private vault!: Vault;
  private boot = this.booted.boot;
  private readonly notices = new Notices();
  private readonly correcting = new Correcting();
  private asking: { screen: Asking; keeper: Keeper; interview: Interview } | null = null;
  private isOpening = false;
  private sending = false;
  private field: Field | null = null;
  /** What is for the holder alone: in memory, while the page is open. */
  private confided: ToHolder | null = null;

  constructor(
    private readonly place: HTMLElement,
    private readonly booted: Booted,
  ) {}

  async start(): Promise<void> {
    const { holder, mode } = this.boot;
    await this.notices.look(holder.id);
    void this.renew();
    void this.send();
    window.addEventListener("online", () => void this.renew().then(() => this.send()));
    window.setInterval(() => void this.send(), AGAIN);
    window.setInterval(() => void this.renew(), ANEW);
    if (mode === "interviewer") {
      this.vault = await showDoor(this.place, holder, this.notices.shown());
      whenIdle(() => void this.lock());
      this.field = new Field(this.place, this.vault, {
        boot: () => this.boot,
        confided: () => this.confided,
        begin: (offer, given) => this.begin(offer, given),
        home: () => this.home(),
        lock: () => void this.lock(),
        send: () => void this.tell(),
      });
      void this.renew();
    } else {
      this.vault = await ownVault(holder.id);
    }
    navigator.serviceWorker?.addEventListener("message", () => void this.refresh());
    window.addEventListener("popstate", () => this.backPressed());
    document.addEventListener("visibilitychange", () => this.asking?.screen.flush());
    await this.first();
  }

  /** Show where one begins: the list of forms; for a respondent the form at once. */
  private async first(): Promise<void> {
    const [form] = this.boot.forms;
    const base = this.boot.unfinished ?? "";
    if (await dropsFinished(this.vault, base)) {
      showFinished(this.place);
      return;
    }
    if (this.boot.mode === "interviewer" || !form) {
      await this.home();
      return;
    }
    const draft = await draftToGoOn(this.place, this.vault, base);
    if (draft) {
      await this.goOn(draft);
    } else if (await isWelcome(this.place, this.boot, form)) {
      await this.begin(form);
    }
  }

  /** Ask the server for what is new, and fetch the forms that are. */
  private async renew(again = true): Promise<void> {
    const address = this.place.dataset.boot ?? "";
    try {
      const { boot, fresh } = await fetchBoot(
        `${address}${address.includes("?") ? "&" : "?"}fresh`,
      );
      if (fresh) {
        this.boot = boot;
        this.notices.clock(compareClock(boot.now));
        this.notices.missing(await fetchForms(boot.forms));
        const drafts = this.vault ? await draftsOf(this.vault) : null;
        if (drafts) {
          await prune(new Set([...boot.forms, ...drafts].map(({ sha256 }) => sha256)));
        }
        if (this.vault) {
          await this.correcting.look(boot, this.vault);
          const confided = await confidedIn(boot, this.vault).catch(() => null);
          if (confided === "told") {
            await this.refresh();
            return again ? await this.renew(false) : undefined;
          }
          this.notices.otherKey(confided === "other");
          this.confided = confided === "other" ? null : confided;
          this.field?.renewed();
        }
        await this.refresh();
      }
    } catch {
      // Without a network one goes on with what is kept.
    }
  }

  private async refresh(): Promise<void> {
    if (this.vault && !this.asking && this.boot.mode === "interviewer") {
      await this.home();
    }
  }

  private async home(): Promise<void> {
    const [drafts, waiting] = await Promise.all([draftsOf(this.vault), this.waiting()]);
    note(this.vault.owner, drafts.length, waiting.length);
    const field = (await this.field?.entries()) ?? [];
    await unpressed();
    if (this.asking || this.isOpening || (await this.field?.show())) {
      return;
    }
    const standing = {
      boot: this.boot,
      drafts,
      unsent: waiting,
      field,
      sending: this.sending,
      notices: this.notices.shown(),
      returned: this.correcting.sections(drafts, waiting, (one) => void this.correct(one)),
    };
    showHome(this.place, standing, {
      begin: (form) => void this.begin(form),
      goOn: (draft) => void this.goOn(draft),
      remove: (draft) => void this.remove(draft),
      send: () => void this.send(true),
      save: () => void this.save(),
      lock: () => void this.lock(),
      speak: () => void this.home(),
      light: nextLight,
    });
  }

  private async waiting() {
    return (await unsent()).filter(({ owner }) => owner === this.vault.owner);
  }

  /** Begin an interview; return its instanceID, empty where the form does not open. */
  private async begin(offer: FormOffer, given: Given = {}): Promise<string> {
    const chance = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
    const standing = {
      at: "",
      language: "",
      events: [],
      seed: chance % 1_000_000,
      started: Date.now(),
    };
    const { id: form, version: formVersion } = offer;
    const of = only({ ...offer, id: crypto.randomUUID(), form, formVersion });
    await this.opening(async () => this.ask(await formOf(offer), of, standing, null, given));
    return this.asking ? instanceOf(this.asking.interview.xml) : "";
  }

  /** Fetch an interview that was sent, and ask it again from the beginning, with all answers. */
  private async correct(one: Correctable): Promise<void> {
    const { sha256, id: form, version: formVersion, title, pilot } = one.form;
    const { reason } = one;
    const of = { id: crypto.randomUUID(), form, formVersion, title, sha256, pilot, reason };
    const begun = await this.correcting.fetch(one, this.vault);
    if (typeof begun === "string") {
      this.notices.add("error", begun);
      await this.home();
      return;
    }
    await this.opening(async () =>
      this.ask(await formOf(one.form), of, begun.standing, null, {}, begun),
    );
  }

  private async goOn(draft: Draft): Promise<void> {
    await this.opening(async () => {
      const form = await formOfDraft(draft);
      if (!form) {
        throw new FormRefused(
          _("The version of the questionnaire in which it began is not on this phone."),
        );
      }
      await this.ask(form, only(draft), draft.standing, draft);
    });
  }

  /** Show that a form is being opened; where it cannot be, why. */
  private async opening(open: () => Promise<void>): Promise<void> {
    this.isOpening = true;
    this.notices.seen();
    fill(
      this.place,
      h("main", { class: "page" }, h("p", { class: "opening", role: "status" }, _("Opening…"))),
    );
    try {
      await open();
    } catch (fault) {
      console.error(fault);
      const said = fault instanceof Error ? fault.message : String(fault);
      this.notices.add("error", _("This questionnaire does not open: {reason}", { reason: said }));
      this.asking = null;
      this.isOpening = false;
      await this.home();
    } finally {
      this.isOpening = false;
    }
  }

  private async ask(
    kept: KeptForm,
    of: Of,
    standing: Standing,
    draft: Draft | null,
    given: Given = {},
    sent: SentInterview | null = null,
  ): Promise<void> {
    const files = (name: string) => Promise.resolve(kept.media[name] ?? null);
    const form = await openForm(kept.xml, files, standing.seed);
    const { holder } = this.boot;
    const config: FormInstanceConfig = {
      instanceAttachments: {
        fileNameFactory: ({ basename, extension }) => `${basename}${extension ?? ""}`,
      },
      preloadProperties: { username: holder.id, deviceID: device() },
      geolocationProvider: { getLocation: position },
    };
    const root = draft
      ? await form.takeUp(draft.xml, await filesOf(this.vault, draft), config)
      : sent
        ? await form.correct(sent.xml, sent.files, config)
        : form.begin(config);
    prefill(root, given);
    const isAlone = this.boot.mode === "respondent";
    const spoken = standing.language || (isAlone ? languageName(root, controls()) : "");
    const offer = this.boot.forms.find(({ sha256 }) => sha256 === of.sha256);
    const mayRecord = offer ? offer.recording : Boolean(standing.recording);
    const stands = { ...standing, language: spoken };
    const interview = new Interview(form, root, holder.id, stands, mayRecord);
    const language = interview.language;
    speak(/\(([a-z]{2,3})\)/i.exec(language)?.[1]?.toLowerCase() ?? language);
    const told = (state: "keeping" | "kept" | "failed", fault?: unknown) => {
      screen.keeps(state);
      if (state === "failed") {
        console.error(fault);
      }
    };
    const keeper = new Keeper(this.vault, of, interview, told, draft?.files ?? []);
    const minutes = offer?.minutes ?? 0;
    const base = isAlone ? this.boot.unfinished : undefined;
    const screen: Asking = new Asking(interview, {
      mode: this.boot.mode,
      minutes,
      reason: of.reason ?? "",
      home: isAlone ? null : () => void this.leave(),
      lock: isAlone ? null : () => void this.lock(),
      finish: () => this.finish(of, interview, keeper),
      later: base ? () => continueLater(this.vault, base, of, keeper) : null,
    });
    interview.changed = () => {
      screen.show();
      keeper.keep();
    };
    this.asking = { screen, keeper, interview };
    fill(this.place, screen.element);
    screen.show();
    keeper.keep();
    window.history.pushState({ asking: true }, "");
  }

  /** The phone's own way back leads to the question before. */
  private backPressed(): void {
    if (!this.asking) {
      this.field?.back();
      return;
    }
    window.history.pushState({ asking: true }, "");
    if (this.asking.interview.index > 0) {
      this.asking.interview.back();
    } else if (this.boot.mode === "interviewer") {
      void this.leave();
    }
  }

  private async leave(): Promise<void> {
    await this.settle();
    this.asking?.interview.form.close();
    this.asking = null;
    speak(localStorage.getItem(SPOKEN) ?? this.boot.language);
    await this.home();
  }

  /** Keep all that was answered, to the last letter. */
  private async settle(): Promise<void> {
    if (this.asking) {
      const { screen, interview, keeper } = this.asking;
      screen.close();
      interview.leave();
      keeper.keep();
      await keeper.settled();
    }
  }

  private async lock(): Promise<void> {
    await this.settle();
    fill(this.place);
    window.location.reload();
  }

  private async finish(of: Of, interview: Interview, keeper: Keeper): Promise<void> {
    this.asking?.screen.close();
    await keeper.end();
    const code = interview.withdrawal;
    const finished = await interview.finish();
    const { submit, key, unfinished } = this.boot;
    const { form, formVersion, pilot } = of;
    const sealed = await seal({
      ...finished,
      form,
      formVersion,
      pilot,
      submit,
      key,
      owner: this.vault.owner,
      reply: this.vault.reply?.point ?? null,
      clock: clockAhead(),
      erase: of.elsewhere ? `${unfinished ?? ""}${of.elsewhere.number}` : "",
    });
    await removed(new Change().put("queue", sealed), of.id).done();
    interview.form.close();
    this.asking = null;
    if (this.boot.mode === "interviewer") {
      speak(localStorage.getItem(SPOKEN) ?? this.boot.language);
      this.notices.add("success", _("The interview is finished and sealed."));
      await this.home();
    } else {
      this.thank(code);
    }
    await sendLater();
    void this.send();
  }

  private thank(instance: string): void {
    fill(
      this.place,
      h(
        "main",
        { class: "page door" },
        h("h1", { tabindex: -1 }, _("Thank you")),
        h(
          "p",
          {},
          _(
            "Your answers are sealed and are being sent. You may close this page once it says that they are sent.",
          ),
        ),
        instance
          ? slip(
              instance,
              _("Write this code down: whoever tells it to us can have these answers withdrawn."),
            )
          : null,
        h("p", { class: "state", role: "status", id: "sent" }),
      ),
    );
  }

  private async remove(draft: Draft): Promise<void> {
    await removed(new Change(), draft.id).done();
    await this.home();
  }

  /** Tell what was counted and asked, and how this phone is. */
  private async tell(again = false): Promise<void> {
    const { reports: submit, key, holder } = this.boot;
    if (!submit) {
      return;
    }
    if (await tellAll(again)) {
      await tellState({ owner: holder.id, submit, key });
      if (document.querySelector(".untold")) {
        await this.refresh();
      }
    } else {
      await sendLater();
    }
  }

  private async send(again = false): Promise<void> {
    void this.tell(again);
    if (this.sending || (await unsent()).length === 0) {
      return;
    }
    this.sending = true;
    await this.refresh();
    try {
      const { left, reached } = await sendAll(again);
      if (!reached) {
        await sendLater();
      }
      const said = document.getElementById("sent");
      if (said) {
        said.textContent =
          left === 0 ? _("Everything is sent") : _("Unsent: {count}", { count: left });
        said.className = left === 0 ? "alert success" : "state";
      }
    } finally {
      this.sending = false;
    }
    await this.refresh();
  }

  private async save(): Promise<void> {
    const file = await unsentFile(this.vault.owner);
    const href = URL.createObjectURL(file);
    h("a", { href, download: file.name }).click();
    window.setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }
}

/** Return what a draft is of, without the rest of it. */
function only(one: Of): Of {
  const { id, form, formVersion, title, sha256, pilot, reason, xform, media, elsewhere } = one;
  return { id, form, formVersion, title, sha256, pilot, reason, xform, media, elsewhere };
}
