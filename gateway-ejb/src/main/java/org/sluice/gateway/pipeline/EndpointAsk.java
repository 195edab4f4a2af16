package org.sluice.gateway.pipeline;

import java.util.Map;
import org.sluice.gateway.provider.Upload;

/**
 * What is asked of an endpoint besides a chat, as far as it does not stand in the call.
 *
 * @param provider who is asked; null when the model says so
 * @param method in capitals
 * @param path raw: what follows the endpoint's own path; when it is verbatim the whole path, below the provider's base URL; or null
 * @param query raw and without the gateway's key, or null
 * @param headers the client's that go to the provider, its content type among them
 * @param content sent while it arrives, or null when the call's JSON is the body
 * @param isVerbatim the JSON is sent as it is and a refusal comes back as it is: the client speaks the provider's own words
 */
public record EndpointAsk(String provider, String method, String path, String query, Map<String, String> headers, Content content, boolean isVerbatim) {
    /** A body that can be sent once. */
    public interface Content {
        /** @param upstreamModel the name by which the provider knows the model, where the body names one */
        Upload open(String upstreamModel);
    }

    private static final EndpointAsk JSON = new EndpointAsk(null, "POST", null, null, Map.of("Content-Type", "application/json"), null, false);

    public EndpointAsk {
        headers = Map.copyOf(headers);
    }

    /** A POST of the call's JSON to whoever has the model. */
    public static EndpointAsk json() {
        return JSON;
    }
}
