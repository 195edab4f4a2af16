package org.sluice.gateway.thread;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Factories of threads. */
public final class GatewayThreads {
    private GatewayThreads() { }

    /** The server's threads where it has some, so that their work sees the application's class path and names; else plain daemons. */
    public static ThreadFactory managed() {
        try {
            return InitialContext.doLookup("java:comp/DefaultManagedThreadFactory");
        } catch (NamingException e) {
            return task -> daemon(task, null);
        }
    }

    /** The same, each under this name. */
    public static ThreadFactory managed(String name) {
        ThreadFactory threads = managed();
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setName(name);
            return thread;
        };
    }

    /** @param name null for the JVM's own */
    public static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        if (name != null) {
            thread.setName(name);
        }
        return thread;
    }

    /** A virtual thread for each task, by the factory method of JDK 21; null on an older one. */
    public static Executor virtual() {
        try {
            return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException before21) {
            return null;
        }
    }
}
