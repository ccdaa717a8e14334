/** Spellings of what names a tenant, an application or a mailbox. */
const GUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const DOMAIN = /^(?=.{4,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]*$/i;

export const isGuid = (text: string): boolean => GUID.test(text);

/** A tenant's id or one of its domains; "common" and "organizations" name no tenant. */
export const isTenantName = (text: string): boolean => isGuid(text) || DOMAIN.test(text);
