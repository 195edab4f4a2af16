package org.sluice.gateway.apikey;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code api_key}, for management. The hash has no accessor: nobody needs to see it. */
@Entity
@Table(name = "api_key")
public class ApiKey {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(nullable = false, unique = true, length = 16, updatable = false)
    private String prefix;
    @Column(name = "secret_hash", nullable = false, length = 64, updatable = false)
    private String secretHash;
    @Column(length = 255)
    private String name;
    @Column(nullable = false, length = 64, updatable = false)
    private String organization;
    @Column(nullable = false, length = 8)
    private String environment;
    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;
    @Column(name = "expires_at")
    private Instant expiresAt;
    @Column(nullable = false)
    private boolean revoked;

    protected ApiKey() { }

    public ApiKey(ApiKeyText key, String name, String organization, String environment, Instant createdAt) {
        this.prefix = key.prefix();
        this.secretHash = key.secretHash();
        this.name = name;
        this.organization = organization;
        this.environment = environment;
        this.createdAt = createdAt;
    }

    public Long getId() {
        return id;
    }

    public String getPrefix() {
        return prefix;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getOrganization() {
        return organization;
    }

    /** {@code prod} or {@code test}. */
    public String getEnvironment() {
        return environment;
    }

    public Instant getCreatedAt() {
        return createdAt;
    }

    /** Null for never. */
    public Instant getExpiresAt() {
        return expiresAt;
    }

    public void setExpiresAt(Instant expiresAt) {
        this.expiresAt = expiresAt;
    }

    public boolean isRevoked() {
        return revoked;
    }

    public void setRevoked(boolean revoked) {
        this.revoked = revoked;
    }
}
