import { isCertain, type JoinedSignIn } from '../../domain/sessions/sign-in-join.ts';
import { isDeviceCode, riskOf, succeeded } from '../../domain/sessions/sign-in.ts';

/** signIns[] of a session: an entry of the sign-in log, and how it was joined. */
export const signInJson = (joined: JoinedSignIn) => {
  const { by, signIn } = joined;
  return {
    id: signIn.id,
    time: signIn.time,
    joinedBy: by,
    certain: isCertain(joined),
    event: signIn.event,
    interactive: signIn.interactive,
    user: signIn.user,
    userId: signIn.userId,
    app: signIn.app,
    appId: signIn.appId,
    clientApp: signIn.clientApp,
    resource: signIn.resource,
    address: signIn.address,
    city: signIn.city,
    country: signIn.country,
    network: signIn.network,
    deviceId: signIn.deviceId,
    device: signIn.device,
    operatingSystem: signIn.operatingSystem,
    browser: signIn.browser,
    trustType: signIn.trustType,
    userAgent: signIn.userAgent,
    protocol: signIn.protocol,
    transferMethod: signIn.transferMethod,
    deviceCode: isDeviceCode(signIn),
    incomingToken: signIn.incomingToken,
    requirement: signIn.requirement,
    methods: signIn.methods,
    conditionalAccess: signIn.conditionalAccess,
    risk: riskOf(signIn),
    riskLevel: signIn.riskLevel,
    riskAggregated: signIn.riskAggregated,
    riskState: signIn.riskState,
    riskEvents: signIn.riskEvents,
    succeeded: succeeded(signIn),
    errorCode: signIn.errorCode,
    failureReason: signIn.failureReason,
    sessionId: signIn.sessionId,
    tokenId: signIn.tokenId,
    correlationId: signIn.correlationId,
  };
};
