package org.sluice.gateway.audit;

import java.time.Instant;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.chat.RawJson;

/**
 * One change.
 *
 * @param action a noun and what happened to it, e.g. {@code prompt.deployed}
 * @param subjectType e.g. {@code prompt}
 * @param before null when there was nothing
 * @param after null when nothing is left
 */
public record AuditEntry(Caller by, Instant at, String action, String subjectType, String subjectId, RawJson before, RawJson after) {}
