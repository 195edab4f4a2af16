package org.sluice.gateway.organization;

import jakarta.enterprise.context.ApplicationScoped;

/** The settings of all organizations, in memory. */
@ApplicationScoped
public class Organizations {
    /** @param organization the tenant's id, from the caller */
    public OrganizationSettings settings(String organization) {
        return OrganizationSettings.DEFAULT;
    }
}
