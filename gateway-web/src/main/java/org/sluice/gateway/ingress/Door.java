package org.sluice.gateway.ingress;

import java.util.HashSet;
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

    /**
     * An endpoint besides chat, in OpenAI's shape.
     *
     * @param own members that belong to the endpoint although the gateway has a parameter of that name
     */
    public static Door endpoint(Dialect dialect, Operation operation, String... own) {
        Set<String> members = new HashSet<>(GatewayOptionsReader.NAMES);
        members.removeAll(Set.of(own));
        return new Door(dialect, operation, Set.copyOf(members), false);
    }

    /** An endpoint whose body is the provider's alone: the gateway's parameters stand in the header. */
    public static Door foreign(Dialect dialect, Operation operation) {
        return new Door(dialect, operation, Set.of(), false);
    }

    /** A dialect with a {@code metadata} of its own, which the gateway's parameters share (contract 1.5). */
    public static Door withOwnMetadata(Dialect dialect, Operation operation, String... others) {
        Set<String> members = new HashSet<>(GatewayOptionsReader.NAMES);
        members.remove("metadata");
        members.addAll(Set.of(others));
        return new Door(dialect, operation, Set.copyOf(members), true);
    }
}
