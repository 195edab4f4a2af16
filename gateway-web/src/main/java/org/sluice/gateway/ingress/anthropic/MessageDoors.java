package org.sluice.gateway.ingress.anthropic;

import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.provider.Operation;

/** The doors of the Messages API. */
final class MessageDoors {
    private MessageDoors() { }

    static Door messages(Dialect dialect) {
        return Door.withOwnMetadata(dialect, Operation.CHAT);
    }

    /** Who counts takes no {@code max_tokens}, so it reaches no provider and is not put in where it is missing. */
    static Door countTokens(Dialect dialect) {
        return Door.withOwnMetadata(dialect, Operation.COUNT_TOKENS, "max_tokens");
    }
}
