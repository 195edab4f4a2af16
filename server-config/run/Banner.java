import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a person needs first. A key made at the first start is shown once: its file is deleted here. */
final class Banner {
    private final Options options;
    private final Server server;

    Banner(Options options, Server server) {
        this.options = options;
        this.server = server;
    }

    void writeBrief() {
        System.out.println("gateway: ready at " + base() + "/api/");
    }

    void write(Duration start, long pid) throws IOException {
        Path file = options.data().resolve("bootstrap-key");
        String key = "$GATEWAY_API_KEY";
        String origin = "the one made at the first start with this data directory";
        if (System.getenv("GATEWAY_BOOTSTRAP_KEY") != null) {
            key = "$GATEWAY_BOOTSTRAP_KEY";
            origin = "taken from the variable GATEWAY_BOOTSTRAP_KEY";
        } else if (Files.exists(file)) {
            key = Files.readString(file).trim();
            origin = key + "   (keep it: it is shown only now)";
            Files.delete(file);
        }
        System.out.println("""

                  Sluice Gateway is ready after %d s  (%s, pid %d)

                    Base URL   %s/api/
                    API key    %s
                    Data       %s
                    Logs       %s

                  Try it:

                    curl %s/api/chat/completions \\
                      -H "Authorization: Bearer %s" -H "Content-Type: application/json" \\
                      -d '{"model": "demo/echo", "messages": [{"role": "user", "content": "Hello"}]}'

                  Ctrl-C stops it.
                """.formatted(start.toSeconds(), server.title(), pid, base(), origin, options.data(), server.log(), base(), key));
        System.out.flush();
    }

    private String base() {
        String host = options.host().equals("127.0.0.1") || options.host().equals("0.0.0.0") ? "localhost" : options.host();
        return "http://" + host + ":" + options.port();
    }
}
