// Vercel's AI SDK, unchanged, by those of its providers whose doors the gateway has.
import assert from 'node:assert/strict'
import test from 'node:test'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { APICallError, generateObject, generateText, stepCountIs, streamText, tool } from 'ai'
import { z } from 'zod'
import { apiKey, models, question, url } from './gateway.mjs'

const doors = process.env.GATEWAY_DOORS.split(',')
const openai = createOpenAI({ apiKey, baseURL: url + '/api' })
const anthropic = createAnthropic({ apiKey, baseURL: url + '/api/anthropic/v1' })
const google = createGoogleGenerativeAI({ apiKey, baseURL: url + '/api/google/gemini/v1beta' })
const providers = { openai: model => openai.chat(model), anthropic: model => anthropic(model), google: model => google(model), responses: model => openai.responses(model) }
const tools = { weather: tool({ description: 'Tells the weather', inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => `sunny in ${city}` }) }

for (const door of doors.filter(one => providers[one])) {
  for (const name of models) {
    const model = providers[door](name)

    test(`${door}, ${name}: text, whole and streamed`, async () => {
      const answer = await generateText({ model, prompt: 'Hello there', maxRetries: 0 })
      assert.match(answer.text, /Hello there/)
      assert.ok(answer.usage.inputTokens > 0)
      const stream = streamText({ model, prompt: 'one two three', maxRetries: 0 })
      assert.match(await stream.text, /one two three/)
      assert.equal(await stream.finishReason, 'stop')
    })

    test(`${door}, ${name}: a tool is called and answered`, async () => {
      const answer = await generateText({ model, tools, prompt: question, stopWhen: stepCountIs(2), maxRetries: 0 })
      assert.match(answer.text, /sunny in Bern/)
      const stream = streamText({ model, tools, prompt: question, stopWhen: stepCountIs(2), maxRetries: 0 })
      assert.match(await stream.text, /sunny in Bern/)
    })

    test(`${door}, ${name}: an object of a schema`, async () => {
      const { object } = await generateObject({ model, schema: z.object({ name: z.string(), people: z.number() }), prompt: 'Describe Bern', maxRetries: 0 })
      assert.equal(typeof object.name, 'string')
    })

    test(`${door}, ${name}: a failure has its status`, async () => {
      await assert.rejects(() => generateText({ model, prompt: 'fail 429', maxRetries: 0 }), error => APICallError.isInstance(error) && error.statusCode === 429)
    })
  }
}
