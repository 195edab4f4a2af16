package org.sluice.gateway.call;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;

/**
 * The gateway's own parameters of one request, merged from body, {@code respan_params} and header.
 *
 * @param timeout total time the caller allows, or null
 * @param extraHeaders headers to add upstream, already checked against the allow-list
 * @param routeProvider provider pinned by {@code X-Respan-Route-Provider}, or null
 * @param isStrict {@code X-Respan-Strict: true}: refuse what cannot be honoured instead of leaving it out
 * @param dialectHeaders headers of the client's dialect, for a provider of the same one, by lower-case name
 * @param mockResponse text to answer with instead of asking a provider, or null
 * @param framing how the events of a stream are written, or null for the dialect's own way
 * @param present names of the gateway parameters the request carried, in the body
 * @param routing who shall answer
 * @param credentials what it shall be asked with
 * @param prompt the managed prompt that the request names, or null
 * @param hops how many gateways of this kind the request has passed already
 */
public record GatewayOptions(Observability observability, Duration timeout, Map<String, String> extraHeaders,
        String routeProvider, boolean isStrict, Map<String, String> dialectHeaders, String mockResponse, Framing framing, Set<String> present,
        Routing routing, RequestCredentials credentials, PromptReference prompt, int hops) {
    /** Tells {@link #hops} to a gateway that a request may lead back to. */
    public static final String HOPS_HEADER = "X-Respan-Gateway-Hops";
    public static final GatewayOptions NONE = new GatewayOptions(Observability.NONE, null, Map.of(), null, false, Map.of(), null, null, Set.of(),
            Routing.NONE, RequestCredentials.NONE, null, 0);

    /** Of a request that came straight from its client. */
    public GatewayOptions(Observability observability, Duration timeout, Map<String, String> extraHeaders, String routeProvider, boolean isStrict,
            Map<String, String> dialectHeaders, String mockResponse, Framing framing, Set<String> present, Routing routing, RequestCredentials credentials, PromptReference prompt) {
        this(observability, timeout, extraHeaders, routeProvider, isStrict, dialectHeaders, mockResponse, framing, present, routing, credentials, prompt, 0);
    }

    /** The same with what a prompt added. */
    public GatewayOptions with(Routing changed, Observability told) {
        return new GatewayOptions(told, timeout, extraHeaders, routeProvider, isStrict, dialectHeaders, mockResponse, framing, present,
                changed, credentials, prompt, hops);
    }

    /**
     * What stands around the data of each event, for clients that read no server-sent events (contract 1.7).
     *
     * @param prefix {@code field_name}, by default "data: "
     * @param delimiter {@code delimiter}, by default two newlines
     */
    public record Framing(String prefix, String delimiter) {}

    /**
     * What is written down about the call.
     *
     * @param fields every other parameter that is only recorded, by the wire's name: thread_identifier, span_name, ...
     */
    public record Observability(String customerIdentifier, String customIdentifier, RawJson metadata, RawJson properties,
            boolean isLogDisabled, boolean isBreakdownWanted, Map<String, RawJson> fields) {
        public static final Observability NONE = new Observability(null, null, null, null, false, false, Map.of());
        public Observability { fields = Map.copyOf(fields); }

        /** The same with other recorded parameters. */
        public Observability with(Map<String, RawJson> recorded) {
            return new Observability(customerIdentifier, customIdentifier, metadata, properties, isLogDisabled, isBreakdownWanted, recorded);
        }
    }
}
