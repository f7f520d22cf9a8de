/** By what an interview is known: its instanceID, and that of the version which it corrects.
 *
 * In: its XML. Out: these; or the XML as it was before it became a correction.
 */

export function instanceOf(xml: string): string {
  return textOf(parsed(xml), "instanceID");
}

/** Return the instanceID of the version that an interview corrects; empty for a first one. */
export function correctsOf(xml: string): string {
  return textOf(parsed(xml), "deprecatedID");
}

/** Return a correction under the instanceID of what it corrects, for the engine to begin anew:
 * taking up a draft, it would lose what the form itself has no place for.
 */
export function asBefore(xml: string): string {
  const instance = parsed(xml);
  const [place] = instance.getElementsByTagNameNS("*", "instanceID");
  if (place) {
    place.textContent = textOf(instance, "deprecatedID");
  }
  instance.getElementsByTagNameNS("*", "deprecatedID")[0]?.remove();
  return new XMLSerializer().serializeToString(instance);
}

function parsed(xml: string): Document {
  return new DOMParser().parseFromString(xml, "text/xml");
}

function textOf(instance: Document, name: string): string {
  return instance.getElementsByTagNameNS("*", name)[0]?.textContent?.trim() ?? "";
}
