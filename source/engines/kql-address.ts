import { kqlPattern } from './kql-text.ts';

/** The first of the longest runs of `length` zero groups, in an IPv6 address without leading zeros. */
export const zeroRun = (length: number): string =>
  `^(.*?)(?:^|:)0(?::0){${length - 1}}(?::|$)(.*)$`;

const RUNS = [8, 7, 6, 5, 4, 3, 2];

const compressed = RUNS.map((length) => {
  const run = kqlPattern(zeroRun(length));
  return `groups matches regex ${run}, replace_regex(groups, ${run}, @'\\1::\\2')`;
}).join(',\n    ');

/** One spelling for one address (`domain.md` 9), as `normaliseAddress` gives it; "" for none. */
export const ADDRESS_FUNCTIONS = String.raw`let mia_ipv6 = (full:string) {
  let groups = replace_regex(full, @'\b0{1,3}([0-9a-f])', @'\1');
  case(
    full startswith "0000:0000:0000:0000:0000:ffff:",
    format_ipv4(tolong(strcat("0x", substring(full, 30, 4), substring(full, 35, 4)))),
    ${compressed},
    groups)
};
let mia_bare_address = (text:string) {
  let bracketed = text matches regex @'^\[[^\]]*\](?::\d*)?$';
  let inner = iff(bracketed, trim(@'\s+', extract(@'^\[([^\]]*)\]', 1, text)), text);
  let zone = indexof(inner, "%");
  let zoneless = iff(zone > 0 and inner contains ":", substring(inner, 0, zone), inner);
  let colons = countof(zoneless, ":");
  let port = not(bracketed) and (colons == 1 or (colons == 8 and not(zoneless contains "::")));
  mia_stated(iff(port, replace_regex(zoneless, @':\d{1,5}$', ""), zoneless))
};
let mia_address = (text:string) {
  let bare = tolower(mia_bare_address(mia_stated(text)));
  let full = iff(bare contains ":" and not(bare contains "/"), tolower(tostring(parse_ipv6(bare))), "");
  iff(isempty(full), bare, mia_ipv6(full))
};`;
