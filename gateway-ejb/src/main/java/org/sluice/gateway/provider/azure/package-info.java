/**
 * Models at Microsoft Azure: deployments of OpenAI's ({@link org.sluice.gateway.provider.azure.AzureOpenAi}) and the models of
 * Azure AI Foundry ({@link org.sluice.gateway.provider.azure.AzureAi}).
 *
 * <p>What Azure adds to an answer, such as the results of its content filter, passes. The address is the operator's base URL;
 * the {@code api_base} of a credential is taken only when it is https and at one of Azure's own hosts, because a caller may
 * have written it. An API key is sent as {@code api-key}, a token of Microsoft Entra as bearer.
 *
 * <p>Deployments are asked in the client's own dialect where it is OpenAI's or, as Azure speaks it too, the Responses API.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/reference">Microsoft: Azure OpenAI reference</a>
 */
package org.sluice.gateway.provider.azure;
