package org.sluice.gateway.apikey;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.GatewayDatabase;

/**
 * The first key. On a database without keys it makes the organization {@code default}, the production key of
 * {@code GATEWAY_BOOTSTRAP_KEY} or a generated one, and the test key of {@code GATEWAY_BOOTSTRAP_TEST_KEY}. A generated
 * key is written once to {@code bootstrap-key} in the data folder, readable by its owner only. There is no default key.
 */
@ApplicationScoped
public class ApiKeyBootstrap {
    static final String ORGANIZATION = "default";
    private static final String FILE = "bootstrap-key";
    private static final Logger LOG = System.getLogger(ApiKeyBootstrap.class.getName());

    @Inject GatewayConfig config;
    SecureRandom random = new SecureRandom();
    Clock clock = Clock.systemUTC();

    /**
     * Makes the first keys where there are none. May be called again.
     *
     * @throws SQLException when the database cannot be reached; nothing was made, try again
     * @throws IllegalStateException when both given keys have the same prefix
     */
    public void ensure(GatewayDatabase database) throws SQLException {
        ApiKeyTable table = new ApiKeyTable(database);
        Optional<ApiKeyText> production = config.bootstrapKey().map(ApiKeyText::read);
        Optional<ApiKeyText> test = config.bootstrapTestKey().map(ApiKeyText::read);
        if (production.isPresent() && test.isPresent() && production.get().prefix().equals(test.get().prefix())) {
            throw new IllegalStateException("GATEWAY_BOOTSTRAP_KEY and GATEWAY_BOOTSTRAP_TEST_KEY must differ before the dot.");
        }
        if (!table.isEmpty()) {
            warnWhenIgnored(table, ConfigKey.BOOTSTRAP_KEY, production);
            warnWhenIgnored(table, ConfigKey.BOOTSTRAP_TEST_KEY, test);
            return;
        }
        table.insertOrganization(ORGANIZATION, "Default");
        OffsetDateTime now = OffsetDateTime.now(clock);
        if (test.isPresent()) {
            table.insertKey(test.get(), "bootstrap test", ORGANIZATION, "test", now);
        }
        table.insertKey(production.isPresent() ? production.get() : generate(), "bootstrap", ORGANIZATION, "prod", now);
    }

    /** The file is there before the row, so that a crash in between leaves no key that nobody knows. */
    private ApiKeyText generate() {
        ApiKeyText key = ApiKeyText.generate(random);
        Path file = config.dataDir().resolve(FILE);
        try {
            Files.createDirectories(config.dataDir());
            Files.deleteIfExists(file);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write((key.text() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The first API key cannot be written to " + file + "; set GATEWAY_BOOTSTRAP_KEY or GATEWAY_DATA_DIR.", e);
        }
        LOG.log(Level.INFO, "The first API key was written to {0}; take it from there and delete the file.", file.toAbsolutePath());
        return key;
    }

    private static void warnWhenIgnored(ApiKeyTable table, ConfigKey name, Optional<ApiKeyText> given) throws SQLException {
        if (given.isPresent() && !table.holds(given.get())) {
            LOG.log(Level.WARNING, "{0} is not used: the database already holds keys.", name.environmentName());
        }
    }
}
