package org.sluice.gateway.provider;

import java.net.URI;
import java.util.Set;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;

/** Somebody who serves models. Implementations are application-scoped beans without state of a call. */
public interface Provider {
    /** Lower-case, unique, the prefix in {@code groq/llama-3.3-70b}. */
    String id();

    /** Other spellings of the prefix that clients use, e.g. {@code together_ai} for {@code togetherai}. */
    default Set<String> aliases() {
        return Set.of();
    }

    /** Whether this provider serves a model that was asked for without a prefix, e.g. {@code gpt-4o}. */
    default boolean claims(String model) {
        return false;
    }

    Dialect dialect();

    /** Where the provider is unless the operator says otherwise; null when only the operator can say. */
    URI baseUrl();

    /** Whether a call without a credential is refused before it is made. */
    default boolean needsCredential() {
        return true;
    }

    /** Address, authorisation and headers for one call. */
    UpstreamRequest prepare(Deployment deployment, Credential credential, Body body, boolean stream, UpstreamLimits limits);
}
