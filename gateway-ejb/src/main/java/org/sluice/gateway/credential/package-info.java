/**
 * Whose credential a call uses at a provider, and who said where the provider is.
 *
 * <p>{@link org.sluice.gateway.credential.CredentialPrecedence} is the order (contract 6.3): the request's own in four forms,
 * the organization's stored keys, the operator's. The first owner that has one for the model decides, alone: a failing
 * credential is never replaced by the next owner's. A {@link org.sluice.gateway.credential.CredentialChoice} is what a
 * deployment is made of, because it carries on whether the address is trusted. What anybody but the operator wrote is read by
 * {@link org.sluice.gateway.credential.ClaimedFields}: unknown, missing and impossible fields are refused by their path, an
 * address without a key in the same object too.
 *
 * <p>The operator's: {@code <PROVIDER>_API_KEY} and {@code <PROVIDER>_BASE_URL} belong to the provider whose id, or one of
 * whose aliases, is {@code <provider>}: upper case, and every other character than a letter or digit is {@code _}. They are
 * read and checked once at the start. The operator's base URL may be plain http and may be local: it is trusted. A provider
 * may have more fields, and names of its own for them; where a field's variable names a file, the file's content is the value.
 * A part of a credential may say where to call ({@link
 * org.sluice.gateway.provider.Provider#baseUrl(org.sluice.gateway.provider.Credential)}); the operator's base URL wins, an
 * {@code api_base} beside a key that is not the operator's wins over both and is checked by the egress policy.
 *
 * <p>Values are checked before they are used and appear in no message, log or {@code toString}. A request's credential is told
 * apart by a hash under a key of this process and is kept nowhere. Threading: immutable after start.
 */
package org.sluice.gateway.credential;
