/**
 * Secrets at rest: what is stored encrypted, and by which key.
 *
 * <p>A sealed value is text: {@code v1:<key id>:<base64url of nonce(12) ciphertext tag(16)>}, AES-256-GCM with a random nonce.
 * Each {@link org.sluice.gateway.vault.SealedColumn} has a key of its own, derived from the operator's by HKDF-SHA-256 (RFC
 * 5869) with the column as the label: no key serves two purposes. Table, column, row, organization and key id are
 * authenticated with the value, so that a value that was moved or changed does not open.
 *
 * <p>The operator's key is {@code gateway.vault.key}. Without it, and with the embedded database, one is generated once into
 * {@code vault-key} of the data folder, readable by its owner only; with another database nothing secret can be stored, and
 * whoever tries is told what to set. No key is built in. Keys of {@code gateway.vault.previous-keys}, and a generated one
 * beside a given one, open what they sealed; {@link org.sluice.gateway.vault.Rewrap} seals it again by the present key, off
 * the request path.
 *
 * <p>Nothing here logs, prints or throws a key or a secret. Threading: safe for all threads once open.
 */
package org.sluice.gateway.vault;
