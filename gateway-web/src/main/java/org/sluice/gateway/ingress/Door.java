package org.sluice.gateway.ingress;

import java.util.Set;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.provider.Operation;

/**
 * An endpoint of one dialect: how its requests are read.
 *
 * @param gatewayMembers top-level members of the body that are the gateway's own and reach no provider
 * @param isMetadataShared whether the gateway's parameters also stand inside the dialect's own {@code metadata}
 */
public record Door(Dialect dialect, Operation operation, Set<String> gatewayMembers, boolean isMetadataShared) {
    /** Chat in OpenAI's dialect, with every parameter of the gateway beside OpenAI's. */
    public static Door chat(Dialect dialect) {
        return new Door(dialect, Operation.CHAT, GatewayOptionsReader.NAMES, false);
    }
}
