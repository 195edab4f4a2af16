import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Open Liberty: {@code <instance>/usr} is its user directory, the server in it is named {@code gateway}. */
final class Liberty extends Server {
    private static final String NAME = "gateway";

    Liberty(Path root, Options options) {
        super(root, options);
    }

    @Override
    String title() {
        return "Open Liberty";
    }

    @Override
    void prepare() throws IOException {
        clear(options.instance());
        Path server = user().resolve("servers").resolve(NAME);
        copy(root.resolve("server-config/liberty"), server);
        for (Path driver : drivers()) {
            copy(driver, user().resolve("shared/resources/jdbc").resolve(driver.getFileName()));
        }
        if (options.ear() != null) {
            copy(options.ear(), server.resolve("apps/gateway.ear"));
        } else {
            Path xml = server.resolve("server.xml");
            Files.writeString(xml, Files.readString(xml).replaceFirst("<enterpriseApplication [^>]*/>", ""));
        }
        for (Path dropin : options.dropins()) {
            copy(dropin, server.resolve("configDropins/overrides").resolve(dropin.getFileName()));
        }
        Files.write(server.resolve("jvm.options"), options.jvmOptions(), StandardOpenOption.APPEND);
    }

    @Override
    long start() throws IOException, InterruptedException {
        int status = server("start");
        Path pid = user().resolve("servers/.pid").resolve(NAME + ".pid");
        if (!Files.exists(pid)) {
            throw new IllegalStateException("Open Liberty did not start (status " + status + "); see " + log());
        }
        return Long.parseLong(Files.readString(pid).trim());
    }

    @Override
    void stop() throws IOException, InterruptedException {
        server("stop");
    }

    private int server(String action) throws IOException, InterruptedException {
        return command(List.of(script("wlp/bin/server").toString(), action, NAME), List.of("WLP_USER_DIR", user().toString()));
    }

    @Override
    Path log() {
        return user().resolve("servers").resolve(NAME).resolve("logs/messages.log");
    }

    private Path user() {
        return options.instance().resolve("usr");
    }
}
