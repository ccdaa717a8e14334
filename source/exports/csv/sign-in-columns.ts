import { isCertain, type JoinedSignIn, openingSignIn } from '../../domain/sessions/sign-in-join.ts';
import { isDeviceCode, riskOf } from '../../domain/sessions/sign-in.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { type Cell, listCell } from './cell.ts';

const distinct = (
  joined: readonly JoinedSignIn[],
  of: (one: JoinedSignIn) => string | null,
): string => {
  const texts = new Set(joined.flatMap((one) => of(one) ?? []));
  return listCell([...texts].sort());
};

const deviceWords = ({ signIn }: JoinedSignIn): string | null => {
  const { device, operatingSystem, browser, trustType } = signIn;
  const words = [device, operatingSystem, browser, trustType].filter((one) => one !== null);
  return words.length === 0 ? null : words.join(', ');
};

const placeWords = ({ signIn: { city, country } }: JoinedSignIn): string | null =>
  country === null ? city : city === null ? country : `${city}, ${country}`;

/** The sign-ins of a session in cells of its rows; all of them, one by one, are in the JSON. */
export const SIGN_IN_COLUMNS: readonly {
  readonly name: string;
  readonly cell: (session: Session) => Cell;
}[] = [
  { name: 'signIns', cell: ({ signIns }) => signIns.length },
  {
    name: 'signInsCertain',
    cell: ({ signIns }) => (signIns.length === 0 ? null : signIns.some(isCertain)),
  },
  { name: 'signInsJoinedBy', cell: ({ signIns }) => distinct(signIns, ({ by }) => by) },
  { name: 'openedAt', cell: ({ signIns }) => openingSignIn(signIns)?.signIn.time ?? null },
  {
    name: 'signInApps',
    cell: ({ signIns }) => distinct(signIns, ({ signIn }) => signIn.app ?? signIn.appId),
  },
  { name: 'signInDevices', cell: ({ signIns }) => distinct(signIns, deviceWords) },
  {
    name: 'signInMethods',
    cell: ({ signIns }) =>
      listCell([
        ...new Set(
          signIns.flatMap(({ signIn }) => [
            ...(isDeviceCode(signIn) ? ['deviceCode'] : []),
            ...(signIn.protocol === null ? [] : [signIn.protocol]),
            ...signIn.methods,
          ]),
        ),
      ]),
  },
  { name: 'signInPlaces', cell: ({ signIns }) => distinct(signIns, placeWords) },
  {
    name: 'signInNetworks',
    cell: ({ signIns }) =>
      distinct(signIns, ({ signIn }) => (signIn.network === null ? null : `AS${signIn.network}`)),
  },
  { name: 'signInRisk', cell: ({ signIns }) => distinct(signIns, ({ signIn }) => riskOf(signIn)) },
  {
    name: 'signInsFailed',
    cell: ({ signIns }) => signIns.filter(({ signIn }) => (signIn.errorCode ?? 0) !== 0).length,
  },
];
