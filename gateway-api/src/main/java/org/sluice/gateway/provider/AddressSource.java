package org.sluice.gateway.provider;

import java.net.URI;
import java.util.Objects;

/**
 * Who said where a provider is, and so whether its address is checked before a connection is opened. What the operator set
 * and what a provider's own code says is trusted; what a request or an organization's stored key says is not.
 *
 * @param isTrusted the address is used as it is
 * @param organization the tenant on whose word it is used; null when trusted
 * @param param path of the field that holds it, for errors; may be null
 * @param address as it was said, before anything was added to it; null when trusted, or when it is no URI at all
 */
public record AddressSource(boolean isTrusted, String organization, String param, URI address) {
    /** The operator's settings, or the provider's own code. */
    public static final AddressSource OPERATOR = new AddressSource(true, null, null, null);

    /** Anybody else's word. */
    public static AddressSource of(String organization, String param, URI address) {
        return new AddressSource(false, Objects.requireNonNull(organization, "organization is null"), param, address);
    }

    @Override
    public String toString() {
        return isTrusted ? "AddressSource[operator]" : "AddressSource[" + organization + ", " + param + "]";
    }
}
