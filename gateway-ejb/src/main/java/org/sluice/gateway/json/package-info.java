/**
 * JSON text on the request path: one strict reader, one exact writer.
 *
 * <p>Reading rests on jackson-core's streaming parser, configured strictly, and adds what it does not check: UTF-8
 * without overlong forms or surrogates, no byte order mark, duplicate names where they are a security question, bounds
 * on members and exponents. The parser is iterative: depth costs no stack. Nothing here binds to classes; JSON-B does
 * that for management payloads. Values keep their exact text ({@code raw()}), so a number is never re-spelled.
 *
 * <p>Limits: 64 levels, 1,000,000 tokens, 65,536 members an object, names of 1,024 characters, numbers of 40 characters
 * and exponents within 308.
 */
package org.sluice.gateway.json;
