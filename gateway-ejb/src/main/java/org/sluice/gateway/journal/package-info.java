/**
 * An append-only journal of binary records in segment files; the truth about a call until the database has it.
 *
 * <p><b>Promise</b>: when {@link org.sluice.gateway.journal.Journal#append} returns, write(2) has taken the record, so
 * it survives the death of the process. It survives the death of the machine once {@code force(false)} ran, every 50 ms,
 * or before {@code append} returns with group sync.
 *
 * <p><b>Format</b>: a segment file begins with three copies of an 8-byte random marker. A record is marker(8) length(4)
 * crc32c(4) type(1) version(1) flags(2) log id(16) payload(length), big-endian; the checksum covers the length and
 * everything behind itself. The marker cannot be guessed by a client, so no text in a payload can pass for a record when
 * a reader looks for the next good record behind a damaged one. A payload is a list of fields: tag(1) length(4) bytes.
 *
 * <p><b>Threading</b>: any number of threads append; one lock is held for one write. Each reader belongs to one thread.
 * An interrupt of an appending thread never damages the journal and is kept for the caller.
 *
 * <p><b>Limits</b>: a record is at most 256 MiB; a directory belongs to one instance (file lock).
 */
package org.sluice.gateway.journal;
