package org.sluice.gateway.ingress;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * Reads request bodies within bounds: so many bytes each, so many bytes in all calls together. What a call reserved it
 * gives back when it ends. A body has to come at a least rate, see {@link SteadyBody}.
 */
@ApplicationScoped
public class BodyReader {
    private static final int FIRST_READ = 8 * 1024;
    @Inject GatewayConfig config;
    private final AtomicLong reserved = new AtomicLong();
    LongSupplier nanos = System::nanoTime;
    private int max;
    private long leastRate;
    private long budget;

    @PostConstruct
    void open() {
        max = (int) config.bytes(ConfigKey.DOOR_BODY_MAX);
        leastRate = config.bytes(ConfigKey.DOOR_BODY_RATE);
        budget = config.bytes(ConfigKey.DOOR_BODY_MEMORY);
    }

    /** @throws GatewayException TOO_LARGE, OVERLOADED, UNSUPPORTED_MEDIA, REQUEST_TIMEOUT or INVALID_VALUE */
    byte[] read(Exchange exchange) {
        requireJson(exchange);
        long announced = exchange.contentLength();
        if (announced > max) {
            throw tooLarge();
        }
        try {
            InputStream in = steady(exchange.body());
            return announced >= 0 ? exactly(in, (int) announced) : chunked(in);
        } catch (IOException e) {
            throw new GatewayException(ErrorType.REQUEST_TIMEOUT, "The request body did not arrive completely.", e);
        }
    }

    /** The same body, which fails with REQUEST_TIMEOUT when it comes too slowly. */
    InputStream steady(InputStream body) {
        return new SteadyBody(body, leastRate, nanos);
    }

    void release(byte[] body) {
        if (body != null) {
            reserved.addAndGet(-body.length);
        }
    }

    private static void requireJson(Exchange exchange) {
        String type = exchange.header("Content-Type");
        if (type == null || !isJson(type)) {
            throw new GatewayException(ErrorType.UNSUPPORTED_MEDIA, "Send the request as Content-Type: application/json (UTF-8).");
        }
        String coding = exchange.header("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw new GatewayException(ErrorType.UNSUPPORTED_MEDIA, "Content-Encoding " + (coding.matches("[a-z, ]{1,20}") ? coding : "of this kind")
                    + " is not accepted; send the body as it is.");
        }
    }

    static boolean isJson(String type) {
        if (type.equals("application/json")) {
            return true;
        }
        String lower = type.toLowerCase(java.util.Locale.ROOT).replace(" ", "").replace("\"", "");
        return lower.equals("application/json") || lower.equals("application/json;charset=utf-8");
    }

    private byte[] exactly(InputStream in, int length) throws IOException {
        reserve(length);
        byte[] body = new byte[length];
        int at = 0;
        try {
            while (at < length) {
                int n = in.read(body, at, length - at);
                if (n < 0) {
                    throw new GatewayException(ErrorType.INVALID_JSON, "The request body is shorter than its Content-Length.");
                }
                at += n;
            }
        } catch (IOException | RuntimeException e) {
            reserved.addAndGet(-length);
            throw e;
        }
        return body;
    }

    private byte[] chunked(InputStream in) throws IOException {
        byte[] body = new byte[FIRST_READ];
        int size = 0;
        for (int n = in.read(body, 0, body.length); n >= 0; n = in.read(body, size, body.length - size)) {
            size += n;
            if (size > max) {
                throw tooLarge();
            }
            if (size == body.length) {
                body = Arrays.copyOf(body, (int) Math.min(body.length * 2L, max + 1L));
            }
        }
        reserve(size);
        return Arrays.copyOf(body, size);
    }

    private void reserve(int bytes) {
        if (reserved.addAndGet(bytes) > budget) {
            reserved.addAndGet(-bytes);
            throw new GatewayException(ErrorType.OVERLOADED, "Too many large requests at once; try again shortly.").retryAfter(1);
        }
    }

    private GatewayException tooLarge() {
        return new GatewayException(ErrorType.TOO_LARGE, "The request body is larger than " + max + " bytes.");
    }
}
