package org.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.route.RoutePlanner;
import org.sluice.gateway.route.Target;

/**
 * The table of CONTRIBUTING.md under "Adding a provider": one file serves traffic, a second one prices it, and nothing else
 * changes. Both come in a jar of their own here, compiled while the test runs.
 */
class ProviderJarTest {
    private static final String SOURCE = """
            package org.acme;

            import jakarta.enterprise.context.ApplicationScoped;
            import org.sluice.gateway.provider.compatible.OpenAiCompatible;

            /** Acme. */
            @ApplicationScoped
            public class Acme extends OpenAiCompatible {
                public Acme() {
                    super("acme", "https://api.acme.example/v1");
                }
            }
            """;
    private static final String MODELS = """
            {"provider": "acme", "models": [{"name": "acme-large", "price": {"input": 1, "output": 2}}]}""";
    private static final String BEANS = "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"annotated\"/>";
    @TempDir Path folder;

    private Path jar() throws IOException {
        Path source = Files.createDirectories(folder.resolve("src/org/acme")).resolve("Acme.java");
        Files.writeString(source, SOURCE);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString(), source.toString());
        assertThat(result).isZero();
        Path jar = folder.resolve("acme.jar");
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
            add(out, "META-INF/beans.xml", BEANS.getBytes(UTF_8));
            add(out, "models/acme.json", MODELS.getBytes(UTF_8));
            add(out, "org/acme/Acme.class", Files.readAllBytes(classes.resolve("org/acme/Acme.class")));
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private static Call call(String model) {
        Dialect dialect = new OpenAiDialect();
        byte[] body = ("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}").getBytes(UTF_8);
        return new Call(UUID.randomUUID(), Instant.EPOCH, 0, new Caller(1, "p", null, "o", "prod"), dialect, "/api/chat/completions", dialect.readOutline(body), Set.of(),
                GatewayOptions.NONE, Operation.CHAT);
    }

    @Test
    void a_provider_in_a_jar_of_its_own_is_found_routed_to_and_priced() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        System.setProperty("ACME_API_KEY", "sk-acme");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar().toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            try (SeContainer cdi = SeContainerInitializer.newInstance().setClassLoader(loader).initialize()) {
                Target target = cdi.select(RoutePlanner.class).get().plan(call("acme/acme-large")).first();
                assertThat(target.provider().id()).isEqualTo("acme");
                assertThat(target.model().listPrice().output()).isEqualByComparingTo("2");
                Dispatch dispatch = new Dispatch(Operation.CHAT, target.dialect(), target.deployment(), target.credential(), Body.of("{}".getBytes(UTF_8)), false, null, null);
                assertThat(target.provider().prepare(dispatch).uri()).isEqualTo(URI.create("https://api.acme.example/v1/chat/completions"));
                assertThat(target.provider().prepare(dispatch).headers()).containsEntry("Authorization", "Bearer sk-acme");
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            System.clearProperty("ACME_API_KEY");
        }
    }

    @Test
    void the_page_says_what_this_test_does() throws IOException {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        List<String> page = Files.readAllLines(at.resolve("CONTRIBUTING.md"));
        assertThat(page).anyMatch(line -> line.contains("`super(\"acme\", \"https://api.acme.example/v1\")`")).anyMatch(line -> line.contains("models/acme.json"))
                .anyMatch(line -> line.contains("ProviderJarTest"));
    }
}
