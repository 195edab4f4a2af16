package org.sluice.gateway.provider;

import java.util.List;

/**
 * Providers that are no beans of their own, because they are defined and not written: by a setting, or while the gateway
 * runs. Beans of this type are found by CDI. Providers that are beans have the first claim to a name.
 */
public interface ProviderSource {
    /** Those there are now, for everyone. */
    List<Provider> providers();

    /**
     * Those an organization has beside them.
     *
     * @param organization the tenant's id
     */
    default List<Provider> providers(String organization) {
        return List.of();
    }
}
