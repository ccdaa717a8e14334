import { readAddressRange } from '../addresses/address-range.ts';
import type { ExposureClass } from '../exposure/exposure-class.ts';
import { APPLICATION_NAMES, applicationsNamed } from '../records/client.ts';
import type { Verdict } from './session.ts';
import { isGuid } from '../guid.ts';

/**
 * What contexts are looked for. Several values of one kind are alternatives, different kinds must all
 * match. Absent: no filter; a list that is there is never empty.
 */
export interface CaseFilter {
  /** Keys of sessions, or of single contexts. */
  readonly keys?: readonly string[];
  /** Actor or mailbox owner, without case; part of it unless it holds an @. */
  readonly users?: readonly string[];
  /** Addresses or CIDRs. */
  readonly addresses?: readonly string[];
  /** AppId or ClientAppId, lower case. */
  readonly apps?: readonly string[];
  /** Mailboxes by guid or by owner, whole and without case. */
  readonly mailboxes?: readonly string[];
  /** Inclusive, ISO. */
  readonly since?: string;
  /** Exclusive, ISO. */
  readonly until?: string;
  readonly verdict?: Verdict | 'mixed' | 'undecided';
  /** Parts of the client in plain words, without case. */
  readonly clients?: readonly string[];
  readonly class?: ExposureClass;
}

/** What a typed value of a filter stands for, or why no record could match it. */
export type FilterValue = { readonly values: readonly string[] } | { readonly problem: string };

/** A name, or a part of one; a blank one would match everything. */
export const readFilterText = (typed: string): FilterValue => {
  const text = typed.trim();
  return text === ''
    ? { problem: 'It is empty. Leave it out, or write a name.' }
    : { values: [text] };
};

/** An address, a host name with a dot in it, or a CIDR, in its one spelling. */
export const readFilterAddress = (typed: string): FilterValue => {
  const range = readAddressRange(typed);
  if ('problem' in range) return range;
  if (range.of === 'network') return { values: [range.cidr] };
  // Records that state a host name state a whole one: a bare word is a slip, and would match nothing.
  if (/[.:]/.test(range.address)) return { values: [range.address] };
  return { problem: `"${typed}" is no IP address. For a network write e.g. 10.1.2.0/24.` };
};

/** An application id, or the name of a known application: then all ids of that name. */
export const readFilterApplication = (typed: string): FilterValue => {
  const text = typed.trim().toLowerCase();
  if (isGuid(text)) return { values: [text] };
  const named = applicationsNamed(text);
  if (named.length > 0) return { values: named };
  return {
    problem: `"${typed}" is no application id. Write a GUID, or one of ${APPLICATION_NAMES.join(', ')}.`,
  };
};
