package org.sluice.gateway.ingress;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.GatewayException;

/** Writes a comment into streams that have been silent for {@code gateway.door.heartbeat}. One thread looks, the calls' own threads write. */
@ApplicationScoped
public class Heartbeat {
    @Inject GatewayConfig config;
    @Inject CallThreads threads;
    private final Map<SseWriter, FrameStream> streams = new ConcurrentHashMap<>();
    private ScheduledExecutorService clock;
    private long silenceNanos;

    @PostConstruct
    void open() {
        silenceNanos = config.duration(ConfigKey.DOOR_HEARTBEAT).toNanos();
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "gateway-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        if (silenceNanos > 0) {
            clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        }
    }

    void add(SseWriter writer, FrameStream frames) {
        streams.put(writer, frames);
    }

    void remove(SseWriter writer) {
        streams.remove(writer);
    }

    int size() {
        return streams.size();
    }

    private void look() {
        long now = System.nanoTime();
        streams.forEach((writer, frames) -> {
            if (now - writer.lastWriteNanos() >= silenceNanos) {
                try {
                    threads.execute(() -> ping(writer, frames));
                } catch (GatewayException busy) {
                    // the next look tries again
                }
            }
        });
    }

    private static void ping(SseWriter writer, FrameStream frames) {
        try {
            writer.ping();
        } catch (IOException gone) {
            frames.cancel();
        }
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
    }
}
