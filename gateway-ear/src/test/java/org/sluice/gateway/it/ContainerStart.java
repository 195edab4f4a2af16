package org.sluice.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Before Arquillian looks for its container: lays out the server directory of Open Liberty, which the adapter starts itself,
 * or starts a Payara without the gateway, to which the adapter deploys. {@code arquillian.xml} reads the properties set here.
 */
public final class ContainerStart implements LauncherSessionListener {
    private static boolean isDone;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!isDone && Boolean.getBoolean("gateway.in-container")) {
            isDone = true;
            prepare(new ServerLaunch(), ServerLaunch.freePort());
        }
    }

    private static void prepare(ServerLaunch launch, int port) {
        Path instance = launch.target().resolve("it-run").resolve(ServerLaunch.kind() + "-in-container");
        Path data = launch.target().resolve("it-data").resolve(ServerLaunch.kind() + "-in-container");
        ServerLaunch.delete(data);
        List<String> common = List.of(ServerLaunch.kind(), "--no-ear", "--port", String.valueOf(port), "--data", data.toString(), "--instance", instance.toString());
        System.setProperty("gateway.baseUrl", "http://127.0.0.1:" + port);
        System.setProperty("gateway.in-container.port", String.valueOf(port));
        if (ServerLaunch.kind().equals("liberty")) {
            System.setProperty("gateway.liberty.home", launch.target().resolve("servers/wlp").toString());
            System.setProperty("gateway.liberty.user", instance.resolve("usr").toString());
            launch.run(and(common, "--prepare", "--dropin", dropin(launch, port, data).toString()), Map.of());
            rename(instance.resolve("usr/servers/gateway"), "gateway-it-" + port);
        } else {
            System.setProperty("gateway.payara.admin-port", String.valueOf(port <= 45_535 ? port + 20_000 : port - 20_000));
            launch.run(and(common, "--background"), Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> launch.run(and(common, "--stop"), Map.of()), "stop-container"));
        }
    }

    /** The adapter refuses to start while any server of the same name runs on the machine, a developer's own for instance. */
    private static void rename(Path server, String name) {
        try {
            Files.move(server, server.resolveSibling(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        System.setProperty("gateway.liberty.server", name);
    }

    /** What the adapter needs and production must not have, and what otherwise is in the environment. */
    private static Path dropin(ServerLaunch launch, int port, Path data) {
        Path file = launch.target().resolve("arquillian-dropin.xml");
        String text = """
                <server>
                  <featureManager><feature>jndi-1.0</feature><feature>pages-3.1</feature></featureManager>
                  <applicationMonitor updateTrigger="mbean" dropinsEnabled="true"/>
                  <config updateTrigger="mbean"/>
                  <variable name="GATEWAY_HTTP_PORT" value="%d"/>
                  <variable name="GATEWAY_DATA_DIR" value="%s"/>
                  <variable name="gateway.data.dir" value="%s"/>
                </server>
                """.formatted(port, data, data);
        try {
            Files.createDirectories(data);
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> and(List<String> common, String... more) {
        return java.util.stream.Stream.concat(common.stream(), java.util.stream.Stream.of(more)).toList();
    }
}
