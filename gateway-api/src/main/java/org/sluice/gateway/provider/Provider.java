package org.sluice.gateway.provider;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

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

    /** The dialect it speaks unless {@link #dialectFor} says otherwise. */
    Dialect dialect();

    /** The dialect in which it is asked: a provider that speaks the client's own is asked in that one, so that bytes can pass. */
    default Dialect dialectFor(Dialect ingress, String upstreamModel) {
        return dialect();
    }

    /** Whether it keeps its answers, so that a request may go on from one by its id ({@code previous_response_id}). */
    default boolean keepsAnswers() {
        return false;
    }

    /** What it can be asked to do. */
    default Set<Operation> operations() {
        return Set.of(Operation.CHAT);
    }

    /** Where the provider is unless the operator says otherwise; null when only the operator can say. */
    URI baseUrl();

    /** The same for one credential, where a part of it (a region, a resource) says where to call; the operator's word still wins. */
    default URI baseUrl(Credential credential) {
        return baseUrl();
    }

    /** Whether its own address may be called unchecked: this program's or the operator's word, not an organization's. */
    default boolean hasTrustedAddress() {
        return true;
    }

    /** Whether a call without a credential is refused before it is made. */
    default boolean needsCredential() {
        return true;
    }

    /** What its credential consists of. The first field is the one an operator is told to set when nothing is. */
    default List<CredentialField> credentialFields() {
        return List.of(new CredentialField(CredentialField.API_KEY, variables("_API_KEY"), needsCredential()));
    }

    /**
     * A credential of the fields that are set; empty when one that is needed is missing.
     *
     * @param fields values by {@link CredentialField#name()}, without empty ones
     */
    default Optional<Credential> credential(Map<String, String> fields) {
        if (credentialFields().stream().anyMatch(field -> field.isNeeded() && !fields.containsKey(field.name())) || fields.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(fields.size() == 1 && fields.containsKey(CredentialField.API_KEY)
                ? new Credential.ApiKey(fields.get(CredentialField.API_KEY)) : new Credential.Fields(fields));
    }

    /**
     * The credential of the machine that the gateway runs on, where the operator said that it shall be used; asked for only when
     * the operator's fields make none, and never with a caller's.
     *
     * @param fields the operator's
     */
    default Optional<Credential> machineCredential(Map<String, String> fields) {
        return Optional.empty();
    }

    /** Environment names of this provider with an ending: {@code OPENAI_API_KEY}; those of the aliases follow. */
    default List<String> variables(String ending) {
        List<String> names = new java.util.ArrayList<>();
        names.add(id());
        names.addAll(new TreeSet<>(aliases()));
        return names.stream().map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + ending).distinct().toList();
    }

    /** Parameters of a chat request that {@link #accepted} leaves out or changes whatever the model, for people to read. */
    default List<String> leftOut() {
        return List.of();
    }

    /**
     * A chat request without what this provider, or this model of it, does not take. Called before {@link #prepare}.
     *
     * @param dialect the one the body is written in
     * @param losses told of what is left out
     */
    default Body accepted(Dialect dialect, String upstreamModel, Body body, Losses losses) {
        return body;
    }

    /** Address, authorisation and headers for one call. */
    UpstreamRequest prepare(Dispatch dispatch);

    /** What an answer to {@link Operation#COUNT_TOKENS} counts, where it is not in the dialect the call was written in; else -1. */
    default long tokensCounted(byte[] answer) {
        return -1;
    }

    /** An error with what the answer's headers say about it; names of {@code headers} are lower-case. */
    default ProviderError explained(ProviderError error, Map<String, String> headers) {
        return error;
    }

    /** How an operation other than a completion is put to this provider; empty when it has no such endpoint. */
    default Optional<Endpoint> endpoint(Operation operation, Deployment deployment) {
        return Optional.empty();
    }

    /** The same where the credential (a project, a region) is a part of the address. */
    default Optional<Endpoint> endpoint(Operation operation, Deployment deployment, Credential credential) {
        return endpoint(operation, deployment);
    }

    /**
     * The same request with the credential in the place where this provider wants it. For requests that the provider did
     * not write itself: endpoints besides chat, and whatever a caller passes through.
     *
     * @param network for a provider that must fetch an access token first
     * @throws GatewayException NOT_FOUND when only chat is supported
     */
    default UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) {
        throw new GatewayException(ErrorType.NOT_FOUND, "The provider '" + id() + "' is served for chat only.");
    }

    /** Reads the events of a streamed answer that does not come as server-sent events; null when it does. */
    default EventSource events(Dialect dialect, InputStream body) {
        return null;
    }
}
