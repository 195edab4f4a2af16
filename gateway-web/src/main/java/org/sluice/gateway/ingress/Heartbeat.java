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

/**
 * Looks at every stream once a second. One that has been silent for {@code gateway.door.heartbeat} gets a comment; one whose
 * client has taken nothing of a write for {@code gateway.door.write-timeout} is cancelled, whatever limit the server has. One
 * thread looks, threads of calls do what it found.
 */
@ApplicationScoped
public class Heartbeat {
    @Inject GatewayConfig config;
    @Inject CallThreads threads;
    private final Map<SseWriter, FrameStream> streams = new ConcurrentHashMap<>();
    private ScheduledExecutorService clock;
    private long silenceNanos;
    private long writeLimitNanos;

    @PostConstruct
    void open() {
        silenceNanos = config.duration(ConfigKey.DOOR_HEARTBEAT).toNanos();
        writeLimitNanos = config.duration(ConfigKey.DOOR_WRITE_TIMEOUT).toNanos();
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "gateway-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(() -> look(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
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

    void look(long now) {
        streams.forEach((writer, frames) -> {
            try {
                if (writer.writingNanos(now) >= writeLimitNanos) {
                    threads.execute(frames::cancel);
                    remove(writer);
                } else if (silenceNanos > 0 && now - writer.lastWriteNanos() >= silenceNanos) {
                    threads.execute(() -> ping(writer, frames));
                }
            } catch (GatewayException busy) {
                // the next look tries again
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
