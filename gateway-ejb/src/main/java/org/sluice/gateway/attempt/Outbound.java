package org.sluice.gateway.attempt;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.provider.AddressSource;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.route.Target;

/** What a request must say before it leaves: on whose word it goes there, and how often it has been through a gateway. */
final class Outbound {
    /** Of a client's own headers, what may go to a host that a request names; a proxy in front of us may have added any others. */
    private static final Set<String> PASSED = Set.of("content-type", "accept", "accept-encoding", "accept-language", "user-agent");
    private static final List<String> PASSED_FAMILIES = List.of("openai-", "anthropic-", "x-stainless-", "x-goog-api-client");

    private Outbound() { }

    /** A prepared and authorised request. */
    static UpstreamRequest to(Call call, Target target, UpstreamRequest request) {
        AddressSource source = target.deployment().source();
        if (source.isTrusted()) {
            return request;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        headers.put(GatewayOptions.HOPS_HEADER, String.valueOf(call.options().hops() + 1));
        return request.withHeaders(headers).from(source);
    }

    /** A request with a client's headers, before it is authorised. */
    static UpstreamRequest reduced(Call call, Target target, UpstreamRequest request) {
        if (target.deployment().source().isTrusted()) {
            return request;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (PASSED.contains(lower) || PASSED_FAMILIES.stream().anyMatch(lower::startsWith)) {
                headers.put(name, value);
            }
        });
        headers.putAll(call.options().extraHeaders());
        return request.withHeaders(headers);
    }
}
