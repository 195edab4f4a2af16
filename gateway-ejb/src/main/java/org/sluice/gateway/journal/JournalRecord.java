package org.sluice.gateway.journal;

import java.util.UUID;

/**
 * One record as it was read.
 *
 * @param at where it begins
 * @param payload decrypted fields, see {@link FieldReader}
 */
public record JournalRecord(RecordType type, int version, UUID id, byte[] payload, Position at) {}
