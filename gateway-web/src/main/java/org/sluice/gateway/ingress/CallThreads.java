package org.sluice.gateway.ingress;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.thread.GatewayThreads;

/**
 * One thread for each call: a virtual one on JDK 21 and later, so that no platform thread is held while a provider
 * thinks; on JDK 17 one of a bounded pool ({@code gateway.door.threads-max}), beyond which calls are refused as OVERLOADED.
 */
@ApplicationScoped
public class CallThreads {
    private static final int STACK_BYTES = 256 * 1024;
    @Inject GatewayConfig config;
    private Executor executor;

    @PostConstruct
    void open() {
        executor = GatewayThreads.virtual();
        if (executor == null) {
            executor = new ThreadPoolExecutor(0, config.count(ConfigKey.DOOR_THREADS_MAX), 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(null, task, "gateway-call", STACK_BYTES);
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    /** @throws GatewayException OVERLOADED when all threads are taken */
    public void execute(Runnable call) {
        try {
            executor.execute(call);
        } catch (RejectedExecutionException e) {
            throw new GatewayException(ErrorType.OVERLOADED, "All " + config.count(ConfigKey.DOOR_THREADS_MAX) + " call threads are taken; try again shortly.").retryAfter(1);
        }
    }

    @PreDestroy
    void close() {
        ((ExecutorService) executor).shutdownNow();
    }
}
