package org.sluice.gateway.log;

import org.sluice.gateway.journal.Position;

/**
 * How far a journal is in the database.
 *
 * @param applied every END before it has its row
 * @param open the oldest START without END lies here or later; never behind {@code applied}
 */
record Checkpoint(Position applied, Position open) {
    static final Checkpoint NONE = new Checkpoint(Position.BEGIN, Position.BEGIN);
}
