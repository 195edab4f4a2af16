package org.sluice.gateway.attempt;

import org.sluice.gateway.error.GatewayException;

/** How an attempt ended. */
public sealed interface AttemptOutcome {
    record Answered(Answer answer) implements AttemptOutcome {}

    /** The same target, or the next one, may be asked. */
    record Retryable(GatewayException error) implements AttemptOutcome {}

    /** Nobody else would answer better. */
    record Fatal(GatewayException error) implements AttemptOutcome {}
}
