package org.sluice.gateway.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.upstream.AddressCheck;

/** Checks the address of an organization's own provider when it is stored, by the rules that hold when it is called. */
@ApplicationScoped
public class BaseUrl {
    @Inject AddressCheck addresses;

    /** For tests. */
    static BaseUrl of(AddressCheck addresses) {
        BaseUrl check = new BaseUrl();
        check.addresses = addresses;
        return check;
    }

    /**
     * The address without slashes at the end.
     *
     * @param param where it stands, for errors
     * @throws GatewayException API_BASE_NOT_ALLOWED with {@code param}, RATE_LIMIT
     */
    public String require(String organization, String text, String param) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        String address = text.substring(0, end);
        try {
            addresses.require(organization, new URI(address).parseServerAuthority(), param);
            return address;
        } catch (URISyntaxException quotesTheText) {
            throw GatewayException.of(ErrorType.API_BASE_NOT_ALLOWED, param, "'" + param + "' must be an address like https://llm.example.com/v1.");
        }
    }
}
