package org.sluice.gateway.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** The schema's scripts, in {@code schema/} of this module, and the way to run them. */
public final class SchemaMigrations {
    private static final List<String> SCRIPTS = List.of("V1__baseline.sql", "V2__stored.sql", "V3__prompts.sql");
    private final DataSource dataSource;

    public SchemaMigrations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Runs the scripts that have not run yet; one instance at a time, the others wait.
     *
     * @throws GatewayException INTERNAL when the database is not there or a script failed; nothing of it remains
     */
    public void migrate() {
        try {
            ClassLoader loader = SchemaMigrations.class.getClassLoader();
            Flyway.configure(loader)
                    .dataSource(dataSource)
                    .locations(new String[0])
                    .callbackLocations(new String[0])
                    .resourceProvider(new Scripts())
                    .javaMigrationClassProvider(List::of)
                    .skipDefaultCallbacks(true)
                    .table("schema_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .placeholders(Map.of("binary", isH2() ? "binary large object" : "bytea"))
                    .load()
                    .migrate();
        } catch (FlywayException | SQLException e) {
            throw new GatewayException(ErrorType.INTERNAL, "The database schema cannot be brought up.", e);
        }
    }

    private boolean isH2() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return GatewayDatabase.isH2(connection);
        }
    }

    /** Hands out the scripts by name. */
    private static final class Scripts implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return SCRIPTS.contains(name) ? new Script(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            List<LoadableResource> found = new ArrayList<>();
            for (String name : SCRIPTS) {
                for (String suffix : suffixes) {
                    if (name.startsWith(prefix) && name.endsWith(suffix)) {
                        found.add(new Script(name));
                    }
                }
            }
            return found;
        }
    }

    private static final class Script extends LoadableResource {
        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            try (InputStream in = SchemaMigrations.class.getResourceAsStream("/schema/" + name)) {
                return new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new FlywayException("The script " + name + " cannot be read.", e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return "schema/" + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return getAbsolutePath();
        }
    }
}
