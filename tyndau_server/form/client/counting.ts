/** Whom to address at a point: the counting of the route, as pure steps from one count to the next.
 *
 * In: a count and what happened. Out: the next count. The first person is the one whose number the
 * plan gives; after an interview one counts anew to the step; after anything else the next person
 * is addressed without counting. Where a list of dwellings leads, number and step are 0: nobody is
 * counted. The rules in words come from the server (tyndau/sampling/routes.py).
 */

import type { Outcome } from "./keep/reports.ts";

export interface Count {
  /** How many passed since the contact before. */
  readonly passed: number;
  /** At which of them somebody is addressed. */
  readonly target: number;
  /** How many refused since the last interview. */
  readonly refusals: number;
  /** Whether this is the one after somebody without an interview; counts of earlier do not say. */
  readonly isNext?: boolean;
  /** The day of `tally`, as 2026-11-28 by the phone's calendar. */
  readonly day: string;
  readonly tally: Partial<Record<Outcome, number>>;
  /** What the last tap changed; null where it was taken back or there was none. */
  readonly before: Before | null;
}

export interface Before {
  readonly count: Count;
  /** The contact that came of the tap; empty where it counted only. */
  readonly uid: string;
}

export function begun(start: number): Count {
  return { passed: 0, target: start, refusals: 0, day: "", tally: {}, before: null };
}

/** Whether the one who passed last is the one to address. */
export function isReached({ passed, target }: Count): boolean {
  return passed >= target;
}

/** Return the tally of a day; of another day nothing is left of it. */
export function tallyOf(count: Count, day: string): Count["tally"] {
  return count.day === day ? count.tally : {};
}

/** Somebody passed. */
export function passed(count: Count): Count {
  return { ...count, passed: count.passed + 1, before: undone(count, "") };
}

/** Somebody was addressed. */
export function addressed(
  count: Count,
  outcome: Outcome,
  { step, day, uid }: { readonly step: number; readonly day: string; readonly uid: string },
): Count {
  const isInterview = outcome === "interview";
  const tally = tallyOf(count, day);
  return {
    // Without an interview the next one is addressed, whoever that is.
    passed: isInterview ? 0 : 1,
    target: isInterview ? step : 1,
    isNext: !isInterview,
    refusals: isInterview ? 0 : count.refusals + (outcome === "refused" ? 1 : 0),
    day,
    tally: { ...tally, [outcome]: (tally[outcome] ?? 0) + 1 },
    before: undone(count, uid),
  };
}

/** It came to no interview after all: the next one is addressed. */
export function passedOver(count: Count): Count {
  return { ...count, passed: 1, target: 1, isNext: true, before: undone(count, "") };
}

function undone(count: Count, uid: string): Before {
  return { count: { ...count, before: null }, uid };
}
