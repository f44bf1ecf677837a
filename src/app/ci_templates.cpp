// SPDX-License-Identifier: Apache-2.0
// The CI systems that `postern init` knows. Each pipeline runs the gate in merge requests (environment review, against the target
// commit) and before a deploy to production (against the recorded state).
#include "app/ci_templates.h"

#include <array>

namespace postern::app {
namespace {

constexpr std::string_view k_gitlab = R"(# Postern's gate. Include this file: include: [{ local: .gitlab/postern.gitlab-ci.yml }]
postern-review:
  stage: test
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0" # the commit that the merge request goes into must be in the clone
  script:
    - git fetch origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME:refs/remotes/origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - postern gate --report markdown=postern.md --report codequality=postern-quality.json --report json=postern.json
  artifacts:
    when: always
    paths: [postern.md, postern.json]
    reports: { codequality: postern-quality.json }

postern-production:
  stage: deploy
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script: # let the job that deploys need this one
    - postern gate --env production --baseline snapshot:postern-baseline.json --report json=postern.json
  artifacts:
    when: always
    paths: [postern.json]
)";

constexpr std::string_view k_github = R"(# Postern's gate in pull requests, and before a deploy of the default branch.
name: postern
on:
  pull_request:
  workflow_call: # from the workflow that deploys
permissions: { contents: read }
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { fetch-depth: 0, persist-credentials: false } # the commit that the pull request goes into must be in the clone
      - name: review
        if: github.event_name == 'pull_request'
        run: postern gate --report sarif=postern.sarif --report markdown="$GITHUB_STEP_SUMMARY"
      - name: production
        if: github.event_name != 'pull_request'
        run: postern gate --env production --baseline snapshot:postern-baseline.json --report markdown="$GITHUB_STEP_SUMMARY"
)";

constexpr std::string_view k_azure = R"(# Postern's gate as steps: - template: postern-steps.yml
steps:
  - checkout: self
    fetchDepth: 0 # the commit that the pull request goes into must be in the clone
  - script: postern gate --report markdown=$(Build.ArtifactStagingDirectory)/postern.md --report junit=postern.xml
    displayName: Postern review
    condition: eq(variables['Build.Reason'], 'PullRequest')
  - script: postern gate --env production --baseline snapshot:postern-baseline.json --report junit=postern.xml
    displayName: Postern production
    condition: ne(variables['Build.Reason'], 'PullRequest')
  - task: PublishTestResults@2
    condition: succeededOrFailed()
    inputs: { testResultsFormat: JUnit, testResultsFiles: postern.xml, testRunTitle: Postern }
)";

constexpr std::string_view k_jenkins =
    R"(// Postern's gate: load this file from a Jenkinsfile, `load('postern.groovy').gate()`, before the stage that deploys.
def gate() {
  def review = env.CHANGE_TARGET != null
  if (review) {
    sh 'git fetch origin "$CHANGE_TARGET:refs/remotes/origin/$CHANGE_TARGET"'
  }
  try {
    sh "postern gate ${review ? '' : '--env production --baseline snapshot:postern-baseline.json'} --report junit=postern.xml --report markdown=postern.md"
  } finally {
    junit allowEmptyResults: true, testResults: 'postern.xml'
    archiveArtifacts allowEmptyArchive: true, artifacts: 'postern.md'
  }
}
return this
)";

constexpr std::string_view k_harness = R"(# Postern's gate as a step: put it before the deploy step of the stage.
- step:
    type: Run
    name: Postern
    identifier: postern
    spec:
      shell: Bash
      command: |
        set -eu
        if [ -n "${DRONE_PULL_REQUEST:-}" ]; then
          git fetch origin "$DRONE_TARGET_BRANCH:refs/remotes/origin/$DRONE_TARGET_BRANCH"
          postern gate --report junit=postern.xml
        else
          postern gate --env production --baseline snapshot:postern-baseline.json --report junit=postern.xml
        fi
      reports: { type: JUnit, spec: { paths: [postern.xml] } }
)";

constexpr std::array k_templates = {
    CiTemplate{"gitlab", "GitLab", ".gitlab-ci.yml", "gitlab", ".gitlab/postern.gitlab-ci.yml", k_gitlab,
               "add to .gitlab-ci.yml:  include: [{ local: .gitlab/postern.gitlab-ci.yml }]"},
    CiTemplate{"github", "GitHub Actions", ".github", "github", ".github/workflows/postern.yml", k_github,
               "the workflow runs in pull requests; call it from the workflow that deploys, too"},
    CiTemplate{"azure", "Azure Pipelines", "azure-pipelines.yml", "azure", "postern-steps.yml", k_azure,
               "add to the steps of azure-pipelines.yml:  - template: postern-steps.yml"},
    CiTemplate{"jenkins", "Jenkins", "Jenkinsfile", "", "postern.groovy", k_jenkins,
               "call load('postern.groovy').gate() in the Jenkinsfile, before the stage that deploys"},
    CiTemplate{"harness", "Harness", ".harness", "", ".harness/postern-step.yaml", k_harness,
               "put the step before the deploy step of the stage"},
};

}  // namespace

std::span<const CiTemplate> ci_templates() { return k_templates; }

}  // namespace postern::app
