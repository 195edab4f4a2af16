package org.sluice.gateway.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.sluice.gateway.database.Sql;
import org.sluice.gateway.database.StoredArea;
import org.sluice.gateway.database.StoredChanges;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.vault.Vault;

/**
 * Holds what organizations have connected, and changes it. Reads come from memory. A change gets what is stored now and
 * answers what shall be; what it throws goes to the caller, and nothing has changed then.
 */
@ApplicationScoped
public class Integrations implements StoredArea {
    private static final String AREA = "integration";
    private static final int MAX_ROWS = 1_000;
    @Inject StoredChanges changes;
    @Inject Vault vault;
    @Inject DeploymentHealth health;
    private final AtomicLong versions = new AtomicLong();
    private volatile Connected connected = Connected.NOTHING;

    /** For tests: with this vault; reads are the tests' business. */
    public static Integrations of(Vault vault) {
        Integrations integrations = new Integrations();
        integrations.vault = vault;
        integrations.health = new DeploymentHealth();
        return integrations;
    }

    /** For tests: changes go this way. */
    public Integrations writingTo(StoredChanges used) {
        changes = used;
        return this;
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public void read(Connection connection) throws SQLException {
        Connected before = connected;
        Connected now = tables().readAll(connection, versions.incrementAndGet());
        connected = now;
        ChangedCredentials.between(before, now).forEach(health::credentialChanged);
    }

    Connected connected() {
        return connected;
    }

    private ConnectedTables tables() {
        return new ConnectedTables(vault);
    }

    /** Whether the organization has connected nothing at all. */
    public boolean isEmpty(String organization) {
        Connected now = connected;
        return now.keysOf(organization).isEmpty() && now.providersOf(organization).isEmpty() && now.modelsOf(organization).isEmpty();
    }

    /** In the order they were made. */
    public List<ProviderKey> keys(String organization) {
        return connected.keysOf(organization);
    }

    public Optional<ProviderKey> key(String organization, String id) {
        return keys(organization).stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** @throws GatewayException INVALID_VALUE when the organization has too many, and as {@link Vault#seal} */
    public void add(ProviderKey key) {
        changes.write(AREA, connection -> {
            requireRoom(connection, "provider_key", key.organization());
            tables().insert(connection, key);
            return null;
        });
    }

    /**
     * Empty when there is no such key.
     *
     * @param isSecretNew whether the change brings all fields of the credential; else those that are stored stay
     */
    public Optional<ProviderKey> changeKey(String organization, String id, boolean isSecretNew, UnaryOperator<ProviderKey> change) {
        return changes.write(AREA, connection -> {
            Optional<ProviderKey> changed = tables().findKey(connection, organization, id).map(change);
            if (changed.isPresent()) {
                tables().update(connection, changed.get(), isSecretNew);
            }
            return changed;
        });
    }

    /** Answers whether there was one. */
    public boolean removeKey(String organization, String id) {
        return changes.write(AREA, connection -> Sql.update(connection, "DELETE FROM provider_key WHERE organization = ? AND id = ?", organization, id) > 0);
    }

    /** In the order of their ids. */
    public List<CustomProvider> providers(String organization) {
        return connected.providersOf(organization);
    }

    public Optional<CustomProvider> provider(String organization, String providerId) {
        return providers(organization).stream().filter(provider -> provider.providerId().equals(providerId)).findFirst();
    }

    /** What a change is to be done with. */
    public record Stored<T>(T row, boolean isNew) { }

    /** How a provider changes. */
    public interface ProviderChange {
        /** @param now what is stored, or null */
        CustomProvider apply(CustomProvider now);
    }

    /** Changes a provider, or makes one. */
    public Stored<CustomProvider> store(String organization, String providerId, boolean isSecretNew, ProviderChange change) {
        return changes.write(AREA, connection -> {
            CustomProvider now = tables().findProvider(connection, organization, providerId).orElse(null);
            CustomProvider next = change.apply(now);
            if (now == null) {
                requireRoom(connection, "custom_provider", organization);
                tables().insert(connection, next);
            } else {
                tables().update(connection, next, isSecretNew);
            }
            return new Stored<>(next, now == null);
        });
    }

    /**
     * Removes a provider and its stored keys. Answers whether there was one.
     *
     * @throws GatewayException INVALID_VALUE while models of it are there
     */
    public boolean removeProvider(String organization, String providerId) {
        return changes.write(AREA, connection -> {
            List<String> models = Sql.query(connection, "SELECT model_name FROM custom_model WHERE organization = ? AND provider = ? ORDER BY model_name",
                    row -> row.getString(1), organization, providerId);
            if (!models.isEmpty() && tables().findProvider(connection, organization, providerId).isPresent()) {
                throw GatewayException.of(ErrorType.INVALID_VALUE, "provider_id", "The provider '" + providerId + "' still serves the model " + models.get(0)
                        + (models.size() > 1 ? " and " + (models.size() - 1) + " more" : "") + "; delete its models first.");
            }
            int removed = Sql.update(connection, "DELETE FROM custom_provider WHERE organization = ? AND provider_id = ?", organization, providerId);
            if (removed > 0) {
                Sql.update(connection, "DELETE FROM provider_key WHERE organization = ? AND provider = ?", organization, providerId);
            }
            return removed > 0;
        });
    }

    /** In the order of their names. */
    public List<CustomModel> models(String organization) {
        return connected.modelsOf(organization);
    }

    /** By its name; upper and lower case do not matter. */
    public Optional<CustomModel> model(String organization, String name) {
        return models(organization).stream().filter(model -> model.name().equalsIgnoreCase(name)).findFirst();
    }

    /** How a model changes. */
    public interface ModelChange {
        /** @param now what is stored, or null */
        CustomModel apply(CustomModel now);
    }

    /** Changes a model, or makes one. */
    public Stored<CustomModel> storeModel(String organization, String name, ModelChange change) {
        return changes.write(AREA, connection -> {
            CustomModel now = tables().findModel(connection, organization, name).orElse(null);
            CustomModel next = change.apply(now);
            if (now == null) {
                requireRoom(connection, "custom_model", organization);
                tables().insert(connection, next);
            } else {
                tables().update(connection, next);
            }
            return new Stored<>(next, now == null);
        });
    }

    /** Answers whether there was one. */
    public boolean removeModel(String organization, String name) {
        return changes.write(AREA, connection ->
                Sql.update(connection, "DELETE FROM custom_model WHERE organization = ? AND lower(model_name) = lower(?)", organization, name) > 0);
    }

    private static void requireRoom(Connection connection, String table, String organization) throws SQLException {
        long rows = Sql.query(connection, "SELECT COUNT(*) FROM " + table + " WHERE organization = ?", row -> row.getLong(1), organization).get(0);
        if (rows >= MAX_ROWS) {
            throw new GatewayException(ErrorType.INVALID_VALUE, "An organization has at most " + MAX_ROWS + " of these; delete some first.");
        }
    }
}
