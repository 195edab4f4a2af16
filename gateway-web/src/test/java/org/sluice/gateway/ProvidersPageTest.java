package org.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Provider;

/** The table of docs/providers.md is made of the code; {@code -Dsluice.docs.write=true} writes it anew. */
class ProvidersPageTest {
    private static final String BEGIN = "<!-- table of providers: made by ProvidersPageTest -->";
    private static final String END = "<!-- end of the table -->";

    private static Path page() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        return at.resolve("docs/providers.md");
    }

    private static String row(Provider provider) {
        String prefixes = Stream.concat(Stream.of(provider.id()), new TreeSet<>(provider.aliases()).stream()).map(name -> "`" + name + "/`").collect(Collectors.joining(" "));
        String credential = provider.needsCredential() || provider.baseUrl() == null || !provider.id().equals("demo")
                ? provider.credentialFields().stream().map(field -> field(provider, field)).collect(Collectors.joining("<br>")) : "none";
        String address = provider.baseUrl() == null ? provider.id().equals("demo") ? "none" : "`" + provider.variables("_BASE_URL").get(0) + "`" : provider.baseUrl().toString();
        String operations = provider.operations().stream().map(operation -> operation.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')).sorted().collect(Collectors.joining(", "));
        String leftOut = provider.leftOut().isEmpty() ? "" : provider.leftOut().stream().map(name -> "`" + name + "`").collect(Collectors.joining(" "));
        return "| `" + provider.id() + "` | " + prefixes + " | " + credential + " | " + address + " | " + provider.dialect().name() + " | " + operations + " | " + leftOut + " |";
    }

    private static String field(Provider provider, CredentialField field) {
        return field.name() + (field.variables().isEmpty() ? "" : ": `" + field.variables().get(0) + "`") + (field.isNeeded() ? "" : " (optional)");
    }

    private static List<String> table() {
        List<String> lines = new ArrayList<>(List.of(BEGIN, "", "| id | prefixes | credential: where the operator sets it | address | dialect | operations | left out or changed |",
                "|---|---|---|---|---|---|---|"));
        try (SeContainer cdi = SeContainerInitializer.newInstance().disableDiscovery().addBeanClasses(WiringTest.beans()).initialize()) {
            cdi.select(Provider.class, Any.Literal.INSTANCE).stream().sorted(Comparator.comparing(Provider::id)).forEach(provider -> lines.add(row(provider)));
        }
        lines.addAll(List.of("", END));
        return lines;
    }

    @Test
    void the_page_has_the_table_of_the_code() throws IOException {
        List<String> page = Files.readAllLines(page());
        int from = page.indexOf(BEGIN);
        int to = page.indexOf(END);
        assertThat(from).isNotNegative();
        assertThat(to).isGreaterThan(from);
        List<String> table = table();
        if (Boolean.getBoolean("sluice.docs.write")) {
            List<String> written = new ArrayList<>(page.subList(0, from));
            written.addAll(table);
            written.addAll(page.subList(to + 1, page.size()));
            Files.write(page(), written);
            return;
        }
        assertThat(page.subList(from, to + 1)).as("docs/providers.md; write it anew with -Dsluice.docs.write=true").isEqualTo(table);
    }
}
