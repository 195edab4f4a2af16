package org.sluice.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.provider.UpstreamResponse;

/**
 * The answer of a host that is called on somebody else's word: only headers that are understood pass, and only what a model
 * answers with. What a host says about an error passes when a provider is known to be there; else nothing but its status
 * does, so that the gateway tells nobody what stands behind an address.
 */
final class UntrustedResponse implements UpstreamResponse {
    private static final int MAX_ERROR_BODY = 8 * 1024;
    private static final Set<String> HEADERS = Set.of("content-type", "content-length", "content-encoding", "transfer-encoding", "content-disposition", "retry-after",
            "retry-after-ms", "request-id", "x-request-id", "apim-request-id", "x-amzn-requestid", "x-amzn-errortype");
    private static final List<String> HEADER_FAMILIES = List.of("x-ratelimit-", "anthropic-ratelimit-", "openai-");
    private static final List<String> MEDIA = List.of("text/event-stream", "application/vnd.amazon.eventstream", "audio/", "image/", "video/");
    private static final List<String> MEDIA_OF_KNOWN = List.of("text/plain", "text/vtt", "application/octet-stream", "application/x-subrip");
    private final UpstreamResponse response;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final InputStream body;

    private UntrustedResponse(UpstreamResponse response, boolean isListed) {
        this.response = response;
        response.headers().forEach((name, value) -> {
            if (HEADERS.contains(name) || HEADER_FAMILIES.stream().anyMatch(name::startsWith)) {
                headers.put(name, value);
            }
        });
        if (response.status() < 400) {
            body = response.body();
        } else if (isListed) {
            headers.remove("content-length");
            body = new Beginning(response.body(), MAX_ERROR_BODY);
        } else {
            headers.keySet().removeIf(name -> name.startsWith("content-") || name.equals("transfer-encoding"));
            headers.put("content-type", "application/json");
            String words = "upstream answered " + response.status();
            body = new ByteArrayInputStream(("{\"type\":\"error\",\"message\":\"" + words + "\",\"error\":{\"type\":\"upstream_error\",\"message\":\"" + words + "\"}}").getBytes(UTF_8));
        }
    }

    /**
     * @param isListed whether a provider is known to be at the host
     * @throws UpstreamException UPSTREAM_INVALID, closed, when it is of a type that no model answers with
     */
    static UpstreamResponse of(UpstreamResponse response, boolean isListed) {
        String type = response.headers().get("content-type");
        if (response.status() < 400 && type != null && !isExpected(type.toLowerCase(Locale.ROOT), isListed)) {
            response.close();
            throw UpstreamException.invalid(Phase.P4, "of a type that is not passed on");
        }
        return new UntrustedResponse(response, isListed);
    }

    private static boolean isExpected(String type, boolean isListed) {
        return type.contains("json") || MEDIA.stream().anyMatch(type::startsWith) || isListed && MEDIA_OF_KNOWN.stream().anyMatch(type::startsWith);
    }

    @Override
    public int status() {
        return response.status();
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        response.close();
    }

    /** As much of a body as is wanted, then its end. */
    private static final class Beginning extends InputStream {
        private final InputStream whole;
        private int left;

        Beginning(InputStream whole, int most) {
            this.whole = whole;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int read = left > 0 ? whole.read() : -1;
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = left > 0 ? whole.read(target, from, Math.min(length, left)) : -1;
            left -= Math.max(0, read);
            return read;
        }
    }
}
