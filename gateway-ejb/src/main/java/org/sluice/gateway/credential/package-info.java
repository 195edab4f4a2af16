/**
 * The providers' secrets and addresses, as the operator gives them.
 *
 * <p>{@code <PROVIDER>_API_KEY} and {@code <PROVIDER>_BASE_URL} belong to the provider whose id, or one of whose aliases,
 * is {@code <provider>}: upper case, and every other character than a letter or digit is {@code _}. They are read and
 * checked once at the start. The operator's base URL may be plain http and may be local: it is trusted; an address that a
 * request brings is not and does not come through here. A provider may have more fields, and names of its own for them; where
 * a field's variable names a file, the file's content is the value. A part of a credential may say where to call ({@link
 * org.sluice.gateway.provider.Provider#baseUrl(org.sluice.gateway.provider.Credential)}); the operator's base URL wins.
 *
 * <p>A {@link org.sluice.gateway.credential.CredentialSource} is asked in order; sources that belong to the request go in
 * front of the operator's. The first that answers decides: a failing credential is never replaced by the next.
 *
 * <p>Values are checked to be printable ASCII before they are used and appear in no message, log or {@code toString}.
 * Threading: immutable after start.
 */
package org.sluice.gateway.credential;
