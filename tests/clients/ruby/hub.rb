# frozen_string_literal: true

# What the scripts of this folder share: where the hub is, checks, and codes as a consenting person would have got them.
require "json"
require "open3"

module Hub
  ISSUER = ENV.fetch("HUB_ISSUER")
  APP = ENV.fetch("HUB_APP")
  CLIENT_ID = ENV.fetch("HUB_CLIENT_ID")
  CLIENT_SECRET = ENV.fetch("HUB_CLIENT_SECRET")
  CUSTOMER = ENV.fetch("HUB_CUSTOMER")
  STRANGER = ENV.fetch("HUB_STRANGER")
  PERSON = ENV.fetch("HUB_PERSON")
  REDIRECT = ENV.fetch("HUB_REDIRECT")
  SCOPE = "Org/#{CUSTOMER}.zaikio.organization.r"
  UUID = /\A\h{8}-\h{4}-\h{4}-\h{4}-\h{12}\z/.freeze
  @failed = 0

  module_function

  # hubctl with JSON out.
  def command(*words)
    out, status = Open3.capture2(ENV.fetch("HUBCTL"), *words, "-o", "json")
    raise "hubctl #{words.join(' ')}: #{status}" unless status.success?

    JSON.parse(out)
  end

  def code(dialect, subject: "person:jane@customer.test", scope: "zaikio.person.r")
    words = ["code", "create", "--app", APP, "--dialect", dialect, "--for", subject, "--scope", scope]
    command(*words)["object"]["code"]
  end

  def check(name, good, got = nil)
    @failed += 1 unless good
    puts(good ? "ok #{name}" : "not ok #{name}: #{got.inspect}")
  end

  # What the block raises; nil when it does not.
  def refusal
    yield
    nil
  rescue StandardError => e
    e
  end

  # A group of checks that others do not depend on: what it raises is one failure.
  def part(name)
    yield
  rescue StandardError => e
    @failed += 1
    puts "not ok #{name}: #{e.class}: #{e.message}", e.backtrace.first(4)
  end

  def finish
    exit(@failed.zero? ? 0 : 1)
  end
end
