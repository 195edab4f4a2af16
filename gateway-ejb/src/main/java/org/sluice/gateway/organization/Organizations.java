package org.sluice.gateway.organization;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.sluice.gateway.database.Sql;
import org.sluice.gateway.database.StoredArea;
import org.sluice.gateway.database.StoredChanges;
import org.sluice.gateway.vault.SealedColumn;
import org.sluice.gateway.vault.Vault;

/** The settings of all organizations, in memory, and the way to change them. */
@ApplicationScoped
public class Organizations implements StoredArea {
    static final String AREA = "organization";
    private static final Logger LOG = System.getLogger(Organizations.class.getName());
    private static final String SUBJECT = "routing";
    @Inject StoredChanges changes;
    @Inject Vault vault;
    Clock clock = Clock.systemUTC();
    private volatile Map<String, OrganizationSettings> settings = Map.of();

    private record GroupRow(String id, String organization, String groupId, String name, String models, String sealed) { }

    /** For tests; what it reads is decided by whoever reads it. */
    public static Organizations of(Vault vault) {
        Organizations organizations = new Organizations();
        organizations.vault = vault;
        return organizations;
    }

    /** For tests: changes go this way. */
    public Organizations writingTo(StoredChanges used) {
        changes = used;
        return this;
    }

    /** @param organization the tenant's id, from the caller */
    public OrganizationSettings settings(String organization) {
        return settings.getOrDefault(organization, OrganizationSettings.DEFAULT);
    }

    @Override
    public String area() {
        return AREA;
    }

    @Override
    public void read(Connection connection) throws SQLException {
        Map<String, Map<String, LoadBalanceGroup>> groups = new HashMap<>();
        for (GroupRow row : Sql.query(connection, "SELECT id, organization, group_id, name, models, credentials FROM load_balance_group", Organizations::group)) {
            opened(row).ifPresent(group -> groups.computeIfAbsent(row.organization, id -> new HashMap<>()).put(group.id(), group));
        }
        Map<String, OrganizationSettings> read = new HashMap<>();
        groups.forEach((organization, own) -> read.put(organization, SettingsJson.read("{}", own)));
        Sql.query(connection, "SELECT organization, setting FROM organization_setting WHERE subject = ?",
                row -> read.put(row.getString(1), SettingsJson.read(row.getString(2), groups.getOrDefault(row.getString(1), Map.of()))), SUBJECT);
        settings = Map.copyOf(read);
    }

    private static GroupRow group(java.sql.ResultSet row) throws SQLException {
        return new GroupRow(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6));
    }

    /** A group whose credentials do not open is left out: its models must not be asked with somebody else's. */
    private Optional<LoadBalanceGroup> opened(GroupRow row) {
        Optional<String> credentials = row.sealed == null ? Optional.empty() : vault.open(SealedColumn.LOAD_BALANCE_GROUP, row.id, row.organization, row.sealed);
        if (row.sealed != null && credentials.isEmpty()) {
            LOG.log(Level.ERROR, "The load balance group with row {0} cannot be used: its credentials do not open.", row.id);
            return Optional.empty();
        }
        return Optional.of(new LoadBalanceGroup(row.groupId, row.name, GroupJson.read(row.models, credentials.orElse(null))));
    }

    /**
     * Changes an organization's settings, all but its groups; they hold when this returns.
     *
     * @param change gets what is stored now
     */
    public OrganizationSettings change(String organization, UnaryOperator<OrganizationSettings> change) {
        return changes.write(AREA, connection -> {
            List<String> stored = Sql.query(connection, "SELECT setting FROM organization_setting WHERE organization = ? AND subject = ? FOR UPDATE",
                    row -> row.getString(1), organization, SUBJECT);
            Map<String, LoadBalanceGroup> groups = settings(organization).groups();
            OrganizationSettings next = change.apply(SettingsJson.read(stored.isEmpty() ? "{}" : stored.get(0), groups));
            String json = new String(SettingsJson.write(next), StandardCharsets.UTF_8);
            if (stored.isEmpty()) {
                Sql.update(connection, "INSERT INTO organization_setting (setting, updated_at, organization, subject) VALUES (?, ?, ?, ?)",
                        json, clock.instant(), organization, SUBJECT);
            } else {
                Sql.update(connection, "UPDATE organization_setting SET setting = ?, updated_at = ? WHERE organization = ? AND subject = ?",
                        json, clock.instant(), organization, SUBJECT);
            }
            return next;
        });
    }

    /** Stores a group in the place of the one with its id, or as a new one. Answers whether it is new. */
    public boolean store(String organization, LoadBalanceGroup group) {
        return changes.write(AREA, connection -> {
            List<String> ids = Sql.query(connection, "SELECT id FROM load_balance_group WHERE organization = ? AND group_id = ? FOR UPDATE",
                    row -> row.getString(1), organization, group.id());
            String id = ids.isEmpty() ? UUID.randomUUID().toString() : ids.get(0);
            String credentials = GroupJson.writeCredentials(group.models());
            String sealed = credentials == null ? null : vault.seal(SealedColumn.LOAD_BALANCE_GROUP, id, organization, credentials);
            String models = GroupJson.writeModels(group.models());
            if (ids.isEmpty()) {
                Sql.update(connection, "INSERT INTO load_balance_group (id, organization, group_id, name, models, credentials, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id, organization, group.id(), group.name(), models, sealed, clock.instant(), clock.instant());
            } else {
                Sql.update(connection, "UPDATE load_balance_group SET name = ?, models = ?, credentials = ?, updated_at = ? WHERE id = ?",
                        group.name(), models, sealed, clock.instant(), id);
            }
            return ids.isEmpty();
        });
    }

    /** Answers whether there was one. */
    public boolean deleteGroup(String organization, String groupId) {
        return changes.write(AREA, connection ->
                Sql.update(connection, "DELETE FROM load_balance_group WHERE organization = ? AND group_id = ?", organization, groupId) > 0);
    }
}
